import MailWire

/// Dot-stuffing there and back in pieces of every length, and base64.
func checkContent(_ checks: inout Checks) {
  let text: StaticString = ".\r\n..two\r\n\r\nno dot\r\n.\r.\nlast"
  let canonical: StaticString = ".\r\n..two\r\n\r\nno dot\r\n.\r\n.\r\nlast\r\n"
  let encoded: StaticString = "..\r\n...two\r\n\r\nno dot\r\n..\r\n..\r\nlast\r\n.\r\n"
  for length in 1...text.utf8CodeUnitCount {
    var encoder = DotStuffingEncoder()
    var wire: [UInt8] = []
    for piece in pieces(of: text.octets, length) { encoder.encode(piece.span, into: &wire) }
    encoder.finish(into: &wire)
    checks.expect(wire == encoded.octets, "dot-stuffing")

    var decoder = DotStuffingDecoder()
    var decoded: [UInt8] = []
    for piece in pieces(of: wire, length) { _ = decoder.decode(piece.span, into: &decoded) }
    checks.expect(decoder.isAtEnd && decoded == canonical.octets, "dot-stuffing, decoded")
  }

  for (plain, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] as [(StaticString, StaticString)] {
    checks.expect(Base64.encode(plain.octets.span) == text.octets, "base64")
    checks.expect((try? Base64.decode(text.octets.span)) == plain.octets, "base64, decoded")
  }
  checks.expect((try? Base64.decode(("Zg=" as StaticString).octets.span)) == nil, "base64 without its padding")
}

func pieces(of bytes: [UInt8], _ length: Int) -> [ArraySlice<UInt8>] {
  stride(from: 0, to: bytes.count, by: length).map { bytes[$0..<min($0 + length, bytes.count)] }
}
