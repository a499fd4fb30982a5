import MailWire
import Testing

@Suite struct DotStuffingTests {
  @Test func roundTrip() {
    var encoder = DotStuffingEncoder()
    var wire: [UInt8] = []
    encoder.encode([UInt8]("a\n.b\r\n".utf8).span, into: &wire)
    encoder.finish(into: &wire)
    #expect(String(decoding: wire, as: UTF8.self) == "a\r\n..b\r\n.\r\n")
  }
}
