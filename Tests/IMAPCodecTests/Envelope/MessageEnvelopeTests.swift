@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire
import Testing

@Suite struct MessageEnvelopeTests {
  @Test func fieldsAndViews() throws {
    let wire = bytes(
      "(\"Wed, 17 Jul 1996\" {6}\r\nTwo\r\n! ((\"Terry \\\"T\\\" Gray\" NIL \"gray\" \"cac.test\")) NIL NIL "
        + "((NIL NIL \"team\" NIL)(NIL \"@relay.test\" \"a\" \"b.test\")(NIL NIL \"c\" \"d.test\")(NIL NIL NIL NIL)) NIL NIL NIL "
        + "\"<B27397@cac.test>\")")
    let envelope = try MessageEnvelope(wire.span)
    #expect(text(envelope.date) == "Wed, 17 Jul 1996" && text(envelope.subject) == "Two\r\n!")
    #expect(text(envelope.from.first?.name) == "Terry \"T\" Gray" && envelope.sender.isEmpty)
    #expect(envelope.inReplyTo == nil && text(envelope.messageID) == "<B27397@cac.test>")
    let entries = MessageEnvelope.entries(of: envelope.to)
    guard case .group(let name, let members) = entries.first else {
      Issue.record("no group")
      return
    }
    #expect(entries.count == 1 && text(name) == "team" && members.count == 2)
    #expect(text(members[0].sourceRoute) == "@relay.test")
    let view = envelope.view
    #expect(view.to.count == 4 && view.from[0].host?.count == 8)
  }

  @Test func groupsAreForgiving() throws {
    let address = try EnvelopeAddress(mailbox: bytes("a"), host: bytes("b.test"))
    let name = bytes("g")
    let table: [([EnvelopeAddress], [EnvelopeEntry])] = [
      ([], []), ([address], [.address(address)]), ([.groupEnd, address], [.address(address)]),
      ([try .groupStart(name), address], [.group(name: name, members: [address])]),
      (
        [try .groupStart(name), try .groupStart(name), .groupEnd, address],
        [.group(name: name, members: []), .group(name: name, members: []), .address(address)]
      )
    ]
    for (list, entries) in table where MessageEnvelope.entries(of: list) != entries { Issue.record("\(list)") }
  }

  @Test func equalHoweverWritten() throws {
    let tail = " NIL NIL NIL NIL NIL NIL NIL NIL)"
    let quoted = try MessageEnvelope(bytes("(\"a\" \"b\"" + tail).span)
    let literal = try MessageEnvelope(bytes("(\"\\a\" {1}\r\nb" + tail.replacing(" NIL", with: " nil")).span)
    let other = try MessageEnvelope(bytes("(\"a\" NIL" + tail).span)
    #expect(quoted == literal && quoted.hashValue == literal.hashValue && quoted != other)
    #expect(throws: SyntaxError.self) { try MessageEnvelope(subject: [0]) }
  }
}
