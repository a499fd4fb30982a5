import Testing

@testable import Wiretap

private let client = "smtp --from client"
private let server = "smtp --from server"

@Suite struct SMTPTapTests {
  @Test func commands() throws {
    try check([
      Row(client, "EHLO a.test\nQUIT\n", "0+13 ehlo", "13+6 quit"),
      Row(client, "mail from: <a@b.test>\n", "0+23 mail spaceAfterColon"),
      Row(client + " --strict", "mail from: <a@b.test>\n", "0+23 mail !badPath@10"),
      Row(client, "NOOP~\nNOOP", "0+5 noop bareLineFeed", "5+4 incomplete !incomplete@4"),
      Row(client + " --strict", "NOOP~\nNOOP\n", "0+11 noop !badToken@4"),
      Row(client, "RCPT TO:\nX-Y z\n!\n", "0+10 rcpt !badLocalPart@8", "10+7 unknown", "17+3 command !badToken@0"),
      Row(client, "LHLO a.test\nLHLO\n", "0+13 lhlo", "13+6 lhlo !empty@5"),
      Row(
        client, "BDAT 3\nab\u{1}BDAT 4 LAST\nabcdNOOP\n", "0+8 bdat", "8+3 chunk", "11+13 bdat", "24+4 chunk",
        "28+6 noop"),
      Row(client, "BDAT 0 LAST\nBDAT 9\nabc", "0+13 bdat", "13+8 bdat", "21+3 incomplete !incomplete@3"),
      Row(client, "BDAT 9\n", "0+8 bdat", "8+0 incomplete !incomplete@0"),
      Row(
        client, "BDAT x\nBDAT 1 LASTLY\nBDAT 1 x\n", "0+8 bdat !badNumber@5", "8+15 bdat !trailingBytes@6",
        "23+10 bdat !trailingBytes@6")
    ])
  }

  @Test func messages() throws {
    let data = "DATA\nSubject: x\n\n..dot\n.\n"
    try check([
      Row(client, data + "QUIT\n", "0+6 data", "6+24 content", "30+6 quit"),
      Row(client, "DATA\nSubject: x\n", "0+6 data", "6+12 incomplete !incomplete@12"),
      Row(client, "DATA\nQUIT\n", "0+6 data", "6+6 quit"),
      Row(client, "DATA\n", "0+6 data"),
      Row(client, "DATA\nRSET\n", with: "220 x\n354 go\n", "0+6 data", "6+6 incomplete !incomplete@6"),
      Row(client, "DATA\nX y\n", with: "220 x\n503 no\n500 no\n", "0+6 data", "6+5 unknown"),
      Row(client, "DATA\na~\nb\n.\n", "0+6 data", "6+8 content bareLineFeed"),
      Row(client + " --strict", "DATA\na~\nb\n.\n", "0+6 data", "6+8 content !bareLineFeed@1"),
      Row(client + " --strict", "DATA\nab\rc\n.\n", "0+6 data", "6+9 content !bareCarriageReturn@2"),
      Row(client + " --strict", "DATA\nab\0\n.\n", "0+6 data", "6+8 content !null@2")
    ])
  }

  @Test func exchanges() throws {
    let login = "AUTH LOGIN\nc3VzYW4=\nc2VjcmV0\nMAIL FROM:<>\n"
    let expected = ["0+12 auth", "12+10 sasl-response", "22+10 sasl-response", "32+14 mail"]
    try check([
      Row(client, login, expected),
      Row(client, login, with: "220 x\n334 a\n334 b\n235 c\n250 d\n", expected),
      Row(client, "AUTH PLAIN AAA=\nQUIT\n", "0+17 auth", "17+6 quit"),
      Row(client, "AUTH PLAIN\nQUIT\n", with: "220 x\n334 \n535 no\n", "0+12 auth", "12+6 sasl-response"),
      Row(client, "AUTH PLAIN\n*\nX\n", "0+12 auth", "12+3 sasl-response", "15+3 unknown"),
      Row(client, "AUTH PLAIN\n\nQUIT\n", "0+12 auth", "12+2 sasl-response", "14+6 quit"),
      Row(client, "AUTH PLAIN a!b\nQUIT\n", "0+16 auth !badBase64@14", "16+6 quit"),
      Row(client, "AUTH PLAIN\nsec!\nQUIT\n", "0+12 auth", "12+6 sasl-response !badBase64@3", "18+6 quit")
    ])
  }

  @Test func replies() throws {
    try check([
      Row(server, "220 x\n250-a\n250 b\n", "0+7 reply", "7+14 reply"),
      Row(server, "250-a\n250-b\n", "0+14 incomplete !incomplete@14"),
      Row(server, "250-a\n251 b\n2x0 c\n", "0+14 reply differingReplyCodes", "14+7 reply !badReply@0"),
      Row(server + " --strict", "250-a\n251 b\n", "0+14 reply !codesDiffer@7"),
      Row(server, "250 a~\n", "0+6 reply bareLineFeed"),
      Row(server + " --strict", "250 a~\n250 b\n", "0+13 reply !badReply@5"),
      Row(server, "\u{17}\u{3}\u{3}\0\u{2}abxyz", "0+7 tls-record tlsRecord", "7+3 incomplete !incomplete@3"),
      Row(server, "\u{17}\u{3}\u{3}\0\u{2}a", "0+6 incomplete !incomplete@6")
    ])
  }

  /// A reply belongs to a command however commands are pipelined, and LMTP has one reply for each recipient.
  @Test func attribution() throws {
    let commands = "LHLO a.test\nMAIL FROM:<>\nRCPT TO:<a@b.test>\nRCPT TO:<c@b.test>\nDATA\nx\n.\nQUIT\n"
    let replies = "220 hi\n250-b\n250 SIZE 9\n250 1\n250 2\n550 3\n354 4\n250 5\n221 6\n421 7\n"
    let tapped = try Tapped(server, replies, with: commands)
    #expect(
      tapped.units.map { $0.answers?.kind ?? "-" }
        == ["-", "lhlo", "mail", "rcpt", "rcpt", "data", "content", "quit", "-"])
    #expect(tapped.text.contains("offers:\n              SIZE: 9"))
    let answered = try Tapped(client, commands, with: replies)
    #expect(
      answered.units.map { $0.answered.map(\.summary).joined() }
        == ["250 b", "250 1", "250 2", "550 3", "354 4", "250 5", "221 6"])
    // Without a greeting, the first reply is an answer.
    #expect(try Tapped(server, "250 a\n", with: "NOOP\n").units[0].answers?.kind == "noop")
  }
}
