import MailMessage
import Testing

@Suite struct MessageBuilderTests {
  private static func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-" }

  @Test func whatIsWrittenIsRead() {
    let subjects = [
      "plain", "Grüße aus Köln", "a\r\nBcc: x@y", "=?utf-8?Q?no?=", String(repeating: "ä wörd ", count: 60).trimmed,
      String(repeating: "word ", count: 60).trimmed, String(repeating: "x", count: 300), "", "😀 \u{0}"
    ]
    for subject in subjects {
      var message = MessageBuilder(text: subject)
      message.add("Subject", FieldValue(text: subject))
      let bytes = message.bytes
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.count <= 79 && $0.allSatisfy { $0 < 127 } }, "\(subject)")
      let value = Self.headerValue("Subject", bytes)
      let expected = subject.replacing("\r\n", with: " ").replacing("\u{0}", with: "").trimmed
      let decoded = Self.text(EncodedWords.decoded(value.span)).replacing("  ", with: " ").trimmed
      #expect(decoded == expected, "\(subject)")
      let parsed = Message(bytes.span)
      let content = TransferDecoder.decode(bytes[parsed.root.body].span, parsed.root.encoding)
      #expect(Self.text(content).hasPrefix(subject))
    }
  }

  private static func headerValue(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    var reader = HeaderReader(bytes.span)
    while let field = reader.next() {
      if text([UInt8](bytes[field.name])) == name { return [UInt8](bytes[field.value]) }
    }
    return []
  }

  @Test func addresses() {
    let addresses = [
      MessageAddress(
        name: Array("Susan Smith".utf8), localPart: Array("susan".utf8), domain: Array("website.test".utf8)),
      MessageAddress(name: Array("Smith, \"J\" \\".utf8), localPart: Array("a b".utf8), domain: Array("x.test".utf8)),
      MessageAddress(name: Array("Jörg".utf8), localPart: Array("j".utf8), domain: Array("x".utf8)),
      MessageAddress(localPart: Array("k\r\nX: y".utf8), domain: Array("x>\r\n".utf8)),
      MessageAddress(localPart: [], domain: nil)
    ]
    var message = MessageBuilder(text: "x")
    message.add("To\r\n", FieldValue(addresses))
    message.add(":", FieldValue(token: "x"))
    let value = Self.headerValue("To", message.bytes)
    let found = AddressList(value.span).addresses.map { address in
      let name = address.name.map { Self.text(EncodedWords.decoded($0.span)) } ?? "-"
      return "\(name)|\(Self.text(address.localPart))|\(Self.text(address.domain))"
    }
    #expect(found == ["Susan Smith|susan|website.test", "Smith, \"J\" \\|a b|x.test", "Jörg|j|x", "-|k??X: y|x???"])
  }

  @Test func multiparts() {
    let octets = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let name = "Übersicht über alle Vorgänge im zweiten Halbjahr, endgültige Fassung.pdf"
    let inner = MessageBuilder(
      multipart: "alternative",
      [MessageBuilder(text: "Grüße\n.\nFrom x\n"), MessageBuilder(text: "--=_2.1\n<b>", subtype: "html")])
    let attachment = MessageBuilder(attachment: octets.span, name, "application/pdf")
    var message = MessageBuilder(multipart: "mixed", [inner, attachment])
    message.add("Date", FieldValue(token: "Tue, 1 Apr 1997 10:00:00 +0000"))
    let bytes = message.bytes
    let parsed = Message(bytes.span)
    #expect(parsed.parts.map(\.kind) == [.multipart, .multipart, .single, .single, .single])
    #expect(bytes.split(separator: 10).allSatisfy { $0.count <= 79 && $0.last == 13 && $0.allSatisfy { $0 < 127 } })
    let contents = parsed.parts.suffix(3).map { TransferDecoder.decode(bytes[$0.body].span, $0.encoding) }
    #expect(
      contents.map(Self.text).prefix(2) == ["Grüße\r\n.\r\nFrom x\r\n", "--=_2.1\r\n<b>"] && contents.last == octets)
    let disposition = Self.headerValue("Content-Disposition", [UInt8](bytes[parsed.parts[4].header]))
    #expect(Self.text(ContentDisposition(disposition.span)?.parameters.decoded("filename")) == name)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
