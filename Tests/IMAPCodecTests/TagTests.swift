import IMAPCodec
import MailWire
import Testing

@Suite struct TagTests {
  @Test func tags() throws {
    for text in [
      "a", "A00001", "12345678", "123456789", "123456789012345", "1234567890123456", "]x.-!",
      String(repeating: "t", count: 128)
    ] {
      let tag = try IMAPTag(text)
      let same = try IMAPTag(text)
      let other = try IMAPTag(text == "a" ? "A" : "a")
      #expect(tag.description == text && tag == same && tag != other)
    }
    for text in [
      "", "+", "a+", "a b", "a\"", "a%", "a*", "(", "{1}", "a\\", "\r", "\u{e9}", String(repeating: "t", count: 129)
    ] {
      #expect((try? IMAPTag(text)) == nil, "\(text)")
    }
    #expect(try IMAPTag(prefix: "A", number: 42).description == "A42")
  }
}
