@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// Quirks that find a meaning in what the grammar allows as the code or the text of an unknown extension.
private let readings: IMAPQuirks = [.zeroIdentifier, .emptyCopyUID, .trailingSpace, .spaceInCapability]

/// One response, without its line ending or with it.
func checkIMAPResponse(_ input: Span<UInt8>) throws(Finding) {
  let limits = IMAPLimits(nesting: 20, elements: 60)
  var strictParser = IMAPResponseParser(limits: limits, quirks: .none)
  var lenientParser = IMAPResponseParser(limits: limits, quirks: .lenient)
  let strict = try? strictParser.response(input)
  guard let response = try? lenientParser.response(input) else {
    return try require(strict == nil, "a quirk refuses what the grammar allows")
  }
  if let strict {
    let used = lenientParser.usedQuirks.intersection(readings)
    var plainParser = IMAPResponseParser(limits: limits, quirks: .lenient.subtracting(used))
    let plain = used.isEmpty ? response : try? plainParser.response(input)
    try require(plain == strict, "a quirk changes what the grammar allows")
  }
  let wire = response.encoded().bytes
  try require(wire.count <= 16 * input.count + 256, "\(wire.count) octets written for \(input.count)")
  try require(wire.suffix(2) == [13, 10], "no line end: \(wire.visible)")
  var parser = IMAPResponseParser(limits: .wide, quirks: .lenient)
  let again: IMAPResponse
  do throws(SyntaxError) {
    again = try parser.response(wire.span)
  } catch {
    throw Finding("what was written cannot be read: \(wire.visible): \(error)")
  }
  let twice = again.encoded().bytes
  try require(twice == wire, "written twice: \(wire.visible) and \(twice.visible)")
  try require(again == response, "read again: \(wire.visible)")
}
