import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientAppendTests {
  private func expect(
    _ capabilities: String, _ text: String, content: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    let log = expectClient(
      "S: * PREAUTH [CAPABILITY IMAP4rev1 \(capabilities)] ready\n" + text, content: content,
      sourceLocation: sourceLocation)
    return Array(log.dropFirst(2))
  }

  @Test func synchronising() {
    let log = expect(
      "X",
      #"""
      -- do APPEND "a b" (\Seen) {6}; NOOP
      C: A1 APPEND "a b" (\Seen) {6}
      S: * OK wait
      S: + go ahead
      C: abcdef
      C: A2 NOOP
      S: A1 OK [APPENDUID 7 8] done
      S: A2 OK done
      """#, content: ["abc", "", "def"])
    check(log == ["news OK wait", "#1 OK [APPENDUID 7 8] done", "#2 OK done"], "\(log)")
  }

  @Test func nonSynchronising() {
    let log = expect(
      "LITERAL+",
      """
      -- do APPEND b {3}; APPEND b {0}
      C: A1 APPEND b {3+}
      C: abc
      C: A2 APPEND b {0+}
      C:
      S: A1 NO [TRYCREATE] no
      S: A2 OK done
      """, content: ["abc"])
    check(log == ["#1 NO [TRYCREATE] no", "#2 OK done"], "\(log)")
  }

  /// Up to 4,096 octets go without waiting under `LITERAL-`.
  @Test func upTo4096() {
    let text = String(repeating: "x", count: 4_096)
    let log = expect(
      "LITERAL-",
      """
      -- do APPEND b {4096}; APPEND b {4097}
      C: A1 APPEND b {4096+}
      C: \(text)
      C: A2 APPEND b {4097}
      S: + go
      C: \(text)y
      S: A1 OK done
      S: A2 OK done
      """, content: [text, ".", text + "y"])
    check(log == ["#1 OK done", "#2 OK done"], "\(log)")
  }

  @Test func severalMessagesAndParts() {
    let log = expect(
      "MULTIAPPEND CATENATE BINARY",
      #"""
      -- do APPEND b {3}
      C: A1 APPEND b {3}
      S: + go
      C: abc (\Flagged) ~{2}
      S: + go
      C: de CATENATE (URL /x TEXT {1}
      S: + go
      C: f TEXT {2}
      S: + go
      C: gh)
      S: A1 OK done
      """#,
      content: ["abc", #"|APPEND b (\Flagged) ~{2}"#, "de", "|APPEND b CATENATE (URL /x TEXT {1}", "f", "|2", "gh"])
    check(log == ["#1 OK done"], "\(log)")
    let urls = expect(
      "CATENATE",
      """
      -- do APPEND b CATENATE (URL /x URL /y)
      C: A1 APPEND b CATENATE (URL /x URL /y)
      S: A1 NO [BADURL /x] no
      """, content: [])
    check(urls == ["#1 NO [BADURL /x] no"], "\(urls)")
    let replaced = expect(
      "REPLACE",
      """
      -- do SELECT b; UID REPLACE 4 b {1}
      C: A1 SELECT b
      S: A1 OK done
      C: A2 UID REPLACE 4 b {1}
      S: + go
      C: x
      S: A2 OK done
      """, content: ["x"])
    check(replaced == ["#1 OK done", "#2 OK done"], "\(replaced)")
  }

  /// A refusal before the literal ends the command; one behind its beginning leaves octets that must be sent.
  @Test func refusals() {
    let early = expect(
      "X",
      """
      -- do APPEND b {300}; NOOP
      C: A1 APPEND b {300}
      S: A1 NO [TOOBIG] no
      C: A2 NOOP
      S: + late
      S: A2 OK done
      """, content: ["x"])
    check(
      early == ["#1 NO [TOOBIG] no", "violation unsolicitedResponse tolerated", "#2 OK done"], "\(early)")
    let second = expect(
      "MULTIAPPEND",
      """
      -- do APPEND b {1}
      C: A1 APPEND b {1}
      S: + go
      C: x {9}
      S: A1 NO [OVERQUOTA] no
      -- do NOOP
      C: A2 NOOP
      """, content: ["x", "|APPEND b {9}"])
    check(second == ["#1 NO [OVERQUOTA] no"], "\(second)")
  }

  /// The host has given a part of the message when the server says no: spaces complete it.
  @Test func refusalInTheMiddle() throws {
    for (size, closes) in [(5_000, false), (2_000_000, true)] {
      var configuration = IMAPClientConfiguration()
      configuration.security = .none
      var client = IMAPClient(configuration: configuration)
      feed(&client, "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n")
      try client.send(command("APPEND b {\(size)}"))
      try client.send(.noop)
      feed(&client, "")
      let part = [UInt8]("abc".utf8)
      try client.sendContent(part.span)
      #expect(throws: MisuseError.contentNotExpected) { try client.finishContent() }
      feed(&client, "")
      let drained = feed(&client, "A1 NO full\r\n")
      #expect(throws: closes ? MisuseError.closed : .contentNotExpected) { try client.sendContent(part.span) }
      let expected = String(repeating: " ", count: size - 3) + "\r\nA2 NOOP\r\n"
      check(closes ? drained.actions == [.close] : drained.bytes == [UInt8](expected.utf8), "\(size)")
    }
  }

  @Test func misuse() throws {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    var client = IMAPClient(configuration: configuration)
    feed(&client, "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+ APPENDLIMIT=9] ready\r\n")
    let large = try command("APPEND b {10}")
    #expect(throws: MisuseError.tooLong) { try client.send(large) }
    for text in ["APPEND b ~{3}", "APPEND b UTF8 (~{3}", "APPEND b CATENATE (TEXT {3}"] {
      let command = try command(text)
      #expect(throws: MisuseError.notOffered) { try client.send(command) }
    }
    try client.send(command("APPEND b {3}"))
    feed(&client, "")
    let long = [UInt8]("abcd".utf8)
    #expect(throws: MisuseError.tooLong) { try client.sendContent(long.span) }
    try client.sendContent(long.span.extracting(first: 3))
    let message = AppendMessage(.literal(AppendMessage.Content(size: 1)))
    #expect(throws: MisuseError.notOffered) { try client.finishContent(.message(message)) }
    #expect(throws: MisuseError.badArgument) { try client.finishContent(.text(AppendMessage.Content(size: 1))) }
    try client.finishContent()
    #expect(throws: MisuseError.contentNotExpected) { try client.finishContent() }
  }
}
