import Testing

@testable import Wiretap

private let client = "pop3 --from client"
private let server = "pop3 --from server"

@Suite struct POP3TapTests {
  @Test func commands() throws {
    let long = String(repeating: "x", count: 250)
    try check([
      Row(
        client, "STAT\nRETR 007 \nTOP 1\n", "0+6 stat", "6+11 retr leadingZeros,trailingSpace",
        "17+7 top !unexpectedEnd@5"),
      Row(client + " --strict", "RETR 007\n", "0+10 retr !badNumber@5"),
      Row(
        client, "PASS a b\nAPOP x y\nXYZ\nLIST", "0+10 pass", "10+10 apop !badCredentials@7", "20+5 unknown",
        "25+4 incomplete !incomplete@4"),
      Row(client, "USER \(long)\n", "0+257 user !tooLong@255"),
      Row(client, "AUTH PLAIN\nAAA=\nSTAT\n", "0+12 auth", "12+6 sasl-response", "18+6 stat"),
      Row(client, "AUTH PLAIN\nSTAT\n", with: "+OK\n+ \n-ERR\n", "0+12 auth", "12+6 sasl-response"),
      Row(client, "AUTH PLAIN\nAAA=\n", with: "+OK\n+OK go on\n-ERR\n", "0+12 auth", "12+6 sasl-response")
    ])
  }

  @Test func responses() throws {
    try check([
      Row(server, "+OK ready\n-ERR [IN-USE] x\n+ abc\n", "0+11 response", "11+17 response", "28+7 response"),
      Row(
        server, "+Ok\n+OKAY\n*\n", "0+5 response statusCase", "5+7 response !badReply@1", "12+3 response !badReply@0"),
      Row(server + " --strict", "+Ok\n", "0+5 response !badReply@2"),
      Row(server, "+OK\n1 120\n.\n+OK\n", "0+5 response", "5+10 content", "15+5 response"),
      Row(server, "+OK\n1 120\n", "0+5 response", "5+7 incomplete !incomplete@7"),
      Row(server, "+OK\n-ER", "0+5 response", "5+3 incomplete !incomplete@3")
    ])
  }

  @Test func attributedResponses() throws {
    let commands = "CAPA\nSTAT\nLIST\nLIST 1\nUIDL\nUIDL 1\nRETR 1\nTOP 1 0\nAUTH PLAIN\nAAA=\nAUTH\nLANG\nNOOP\nQUIT\n"
    let responses =
      "+OK <1.2@x>\n+OK\nTOP\n.\n+OK 1 9\n+OK\n1  9\nx\n.\n+OK 1 9\n+OK\n1 a\n.\n+OK 1 a\n+OK\n+OK not\n..\n.\n+OK\n\n.\n"
      + "+ \n-ERR no\n+OK\nPLAIN\n.\n+OK\nen\n.\n+OK\n+OK bye\n"
    let tapped = try Tapped(server, responses, with: commands)
    let starts = tapped.units.filter { $0.outcome != nil }
    #expect(
      starts.map { $0.answers?.kind ?? "-" } == [
        "-", "capa", "stat", "list", "list", "uidl", "uidl", "retr", "top", "auth", "sasl-response", "auth", "lang",
        "noop",
        "quit"
      ])
    #expect(
      tapped.units.filter { $0.outcome == nil }.map(\.kind) == [
        "capability", "end", "scan-listing", "line", "end", "unique-id", "end", "content", "content", "content", "line",
        "end"
      ])
    #expect(tapped.units.filter { !$0.isAccepted }.map { $0.fault?.code } == ["badNumber"])
    #expect(tapped.text.contains("messages: 1"))
    let own = try Tapped(client, commands, with: responses)
    #expect(own.units.map(\.answered.count) == Array(repeating: 1, count: 14))
    try check([
      Row(server, responses, with: commands, tapped.lines),
      Row(server, "+OK\n+OK 1\n", with: "STAT\n", "0+5 response", "5+7 response !unexpectedEnd@5"),
      Row(server, "+OK\n+OK go on\n", with: "AUTH PLAIN\n", "0+5 response", "5+11 response positiveContinuation")
    ])
  }
}
