import Testing

@testable import Wiretap

private let client = "imap --from client"
private let server = "imap --from server"

@Suite struct IMAPTapTests {
  @Test func commands() throws {
    try check([
      Row(client, "A1 NOOP\na2 uid fetch 1:* flags\n", "0+9 noop", "9+24 uid fetch"),
      Row(client, "A1 SELECT\nA2 NOOP", "0+11 select !unexpectedEnd@9", "11+7 incomplete !incomplete@7"),
      Row(client, "A1 XYZZY (a b)\n\u{1}\n", "0+16 xyzzy", "16+3 command !badToken@0"),
      Row(client, "A1 LOGIN {5}\nsusan {6+}\nsecret\nA2 NOOP\n", "0+34 login", "34+9 noop"),
      Row(client, "A1 LOGIN {5}\nsus", "0+17 incomplete !incomplete@17"),
      Row(client, "A1 X {3z}\nA2 NOOP\n", "0+20 command !unframeable@0"),
      Row(client, "A1 NOOP~\n", "0+8 noop bareLineFeed")
    ])
  }

  @Test func messages() throws {
    let append = "A1 APPEND INBOX (\\Seen) {3+}\nabc\nA2 NOOP\n"
    try check([
      Row(client, append, "0+30 append", "30+3 content", "33+2 append-end", "35+9 noop"),
      Row(
        client, "A1 APPEND x {2}\nab {1}\nc\n", "0+17 append", "17+2 content", "19+6 append-more", "25+1 content",
        "26+2 append-end"),
      Row(client, "A1 APPEND x {3}\na", "0+17 append", "17+1 incomplete !incomplete@1"),
      Row(client, "A1 APPEND x {3}\n", "0+17 append", "17+0 incomplete !incomplete@0"),
      // The server did not want the message, and the client did not send it.
      Row(client, "A1 APPEND x {3}\nA2 NOOP\n", with: "* OK\nA1 NO x\nA2 OK y\n", "0+17 append", "17+9 noop"),
      Row(client, "A1 LOGIN {3}\nA2 NOOP\n", with: "* OK\nA1 NO x\nA2 OK y\n", "0+14 command", "14+9 noop"),
      Row(
        client, "A1 APPEND x {3}\nabc\nA2 NOOP\n", with: "* OK\n+ go\nA1 OK\n", "0+17 append", "17+3 content",
        "20+2 append-end", "22+9 noop")
    ])
  }

  @Test func exchanges() throws {
    try check([
      Row(
        client, "A1 AUTHENTICATE PLAIN\nAAA=\nA2 IDLE\ndone\nA3 NOOP\n", "0+23 authenticate", "23+6 sasl-response",
        "29+9 idle", "38+6 done", "44+9 noop"),
      Row(client, "A1 AUTHENTICATE PLAIN\n*\nA2 NOOP\n", "0+23 authenticate", "23+3 sasl-response", "26+9 noop"),
      Row(client, "A1 AUTHENTICATE PLAIN\nA2 LOGIN {1+}\na b\n", "0+23 authenticate", "23+20 login"),
      Row(
        client, "A1 AUTHENTICATE X\na b\n", with: "* OK\n+ \nA1 NO\n", "0+19 authenticate",
        "19+5 sasl-response !badBase64@3"),
      Row(
        client, "A1 IDLE\nDONE\nA2 NOOP\n", with: "* OK\n+ idling\nA1 OK\nA2 OK\n", "0+9 idle", "9+6 done", "15+9 noop"),
      Row(client, "A1 IDLE\nA2 NOOP\n", with: "* OK\nA1 BAD\nA2 OK\n", "0+9 idle", "9+9 noop"),
      Row(client, "A1 COMPRESS DEFLATE\n2V\u{1}\u{2}~\n", "0+21 compress", "21+5 compressed"),
      Row(client, "A1 COMPRESS DEFLATE\nA2 NOOP\n", "0+21 compress", "21+9 noop")
    ])
  }

  @Test func responses() throws {
    try check([
      Row(
        server, "* OK hi\n* 3 EXISTS\n+ \nA1 OK done\n", "0+9 ok", "9+12 exists", "21+4 continuation",
        "25+12 completion"),
      Row(server, "* OK\n+\n", "0+6 ok missingText", "6+3 continuation bareContinuation"),
      Row(server + " --strict", "* OK\n+\n", "0+6 response !unexpectedEnd@4", "6+3 response !unexpectedEnd@1"),
      Row(server, "* 1 FETCH (BODY[] {4}\nabcd UID 5)\n* X-Y z\n", "0+36 fetch", "36+9 x-y"),
      Row(server, "* 1 FETCH (BODY[] {4}\nab", "0+25 incomplete !incomplete@25"),
      Row(server, "A1 OK begin compression\nTP\u{1}~\n", "0+25 completion", "25+4 compressed"),
      Row(server, "?\n", "0+3 response !unexpectedEnd@1")
    ])
    let tapped = try Tapped(server, "* OK\n+ go\nA1 OK x\nA2 NO y\n", with: "A1 APPEND x {1}\na\nA2 NOOP\n")
    #expect(tapped.units.map { $0.answers?.kind ?? "-" } == ["-", "-", "append", "noop"])
  }

  /// What was streamed is described and written, unless it is very large.
  @Test func sections() throws {
    let whole = try Tapped(server, "* 1 FETCH (BODY[] {4}\nabcd UID 5)\n")
    #expect(whole.units[0].value?.canonical == .octets(wire("* 1 FETCH (UID 5 BODY[] {4}\nabcd)\n")))
    #expect(whole.text.contains("octets: 4\n              lines: 0\n              crc32: ed82cd11\n"))
    // The last octets of a literal are no line end.
    let last = try Tapped(server, "* URLFETCH x {5}\na\n\n\n")
    #expect(last.units[0].value?.canonical == .octets(wire("* URLFETCH x {5}\na\n\n\n")))
    let size = ContentSummary.keptOctets + 1
    let large = "* 1 FETCH (BODY[] {\(size)}\n" + String(repeating: "x", count: size) + ")\n"
    let tapped = try Tapped(server, large)
    #expect(tapped.units[0].value?.canonical == Canonical.none && tapped.units[0].isAccepted)
  }
}
