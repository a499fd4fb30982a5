import MailWire
import Testing

@Suite struct TraceRecordTests {
  @Test func escapes() {
    let line: [UInt8] = Array(#"a\ b"#.utf8) + [13, 10, 0, 27, 127, 128, 255]
    let record = TraceRecord(.client, line: line.span)
    #expect(record.description == #"C: a\\ b\x0D\x0A\x00\x1B\x7F\x80\xFF"#)
    #expect(TraceRecord(.server, hidden: "<message>").description == "S: <message>")
    let hidden = TraceRecord(.client, line: Array("PASS secret".utf8).span, hiddenAfter: 5)
    #expect(hidden.description == "C: PASS <hidden>")
    #expect(TraceRecord(.client, line: [1, 97].span, hiddenAfter: 9).description == #"C: \x01a<hidden>"#)
  }

  /// For every octet: only printable ASCII comes out.
  @Test func onlyPrintable() {
    let all = Array(UInt8.min...UInt8.max)
    #expect(TraceRecord(.server, line: all.span).text.allSatisfy { (32...126).contains($0) })
  }
}
