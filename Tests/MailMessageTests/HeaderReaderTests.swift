import MailMessage
import Testing

@Suite struct HeaderReaderTests {
  private static func fields(_ text: String) -> (fields: [[String]], body: String) {
    let bytes = [UInt8](text.utf8)
    var reader = HeaderReader(bytes.span)
    var fields: [[String]] = []
    while let field = reader.next() {
      fields.append([field.name, field.value].map { String(decoding: bytes[$0], as: UTF8.self) })
    }
    return (fields, String(decoding: bytes[reader.offset...], as: UTF8.self))
  }

  @Test func fieldsAndBodies() {
    let table: [(String, [[String]], String)] = [
      ("", [], ""), ("\r\n", [], ""), ("\nbody", [], "body"), ("A: b", [["A", " b"]], ""),
      ("A: b\r\nC:d\n\r\nbody\r\n", [["A", " b"], ["C", "d"]], "body\r\n"),
      ("A:\r\n b\r\n\tc\r\nD: e\r\n\r\n", [["A", "\r\n b\r\n\tc"], ["D", " e"]], ""),
      ("Subject \t : x\n\n", [["Subject", " x"]], ""), ("A: \r\n \r\n x\r\n\r\ny", [["A", " \r\n \r\n x"]], "y"),
      ("From me Mon 10:00:00\r\nA: b\r\n\r\n", [["A", " b"]], ""), (" x: y\nA: b\n\n", [["A", " b"]], ""),
      ("no colon\nA: b\n: empty\n\nz", [["A", " b"]], "z"), ("A: b\r\r\n\r\n", [["A", " b\r"]], "")
    ]
    for (text, fields, body) in table {
      let read = Self.fields(text)
      #expect(read.fields == fields && read.body == body, "\(text)")
    }
  }

  @Test func unfolding() {
    let table = [
      (" a\r\n b", "a b"), ("\t a \r\n", "a"), ("a\n\tb\r\n  c", "a\tb  c"), (" \r\n ", ""), ("", ""), ("a\rb", "ab")
    ]
    for (value, text) in table {
      let bytes = [UInt8](value.utf8)
      #expect(HeaderText.unfolded(bytes.span) == [UInt8](text.utf8), "\(value)")
    }
  }
}
