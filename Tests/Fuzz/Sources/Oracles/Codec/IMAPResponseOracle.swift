@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// One response, without its line ending or with it.
func checkIMAPResponse(_ input: Span<UInt8>) throws(Finding) {
  let limits = IMAPLimits(nesting: 20, elements: 60)
  var strictParser = IMAPResponseParser(limits: limits, quirks: .none)
  var lenientParser = IMAPResponseParser(limits: limits, quirks: .lenient)
  let strict = try? strictParser.response(input)
  guard let response = try? lenientParser.response(input) else {
    return try require(strict == nil, "a quirk refuses what the grammar allows")
  }
  if let strict { try checkReadings(input, limits, response, strict, lenientParser.usedQuirks) }
  let wire = response.encoded().bytes
  try require(wire.count <= 16 * input.count + 256, "\(wire.count) octets written for \(input.count)")
  try require(wire.suffix(2) == [13, 10], "no line end: \(wire.visible)")
  // What is beyond the limits was kept as it stood, and is so again; what was written longer than it came may need wider ones.
  do throws(Finding) {
    try checkAgain(wire, response, limits)
  } catch {
    try checkAgain(wire, response, .wide)
  }
}

/// What was written is read as the same value, and written as the same octets.
private func checkAgain(_ wire: [UInt8], _ response: IMAPResponse, _ limits: IMAPLimits) throws(Finding) {
  var parser = IMAPResponseParser(limits: limits, quirks: .lenient)
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

/// What the grammar allows is read alike with quirks, but for one thing: a code or capability that is none of its own kind
/// without them, and therefore unknown, may get a meaning. Without those quirks it has none.
private func checkReadings(
  _ input: Span<UInt8>, _ limits: IMAPLimits, _ lenient: IMAPResponse, _ strict: IMAPResponse, _ used: IMAPQuirks
) throws(Finding) {
  // Where a string ends, the mark inside it decides, which the grammar may take for the end.
  let mayDiffer = strict.isOpen || used.contains(.unescapedQuote)
  try require(used.isEmpty || lenient == strict || mayDiffer, "a quirk changes what the grammar allows")
  var quirks = IMAPQuirks.lenient
  var response = lenient
  var used = used
  while !used.isEmpty {
    quirks.subtract(used)
    var parser = IMAPResponseParser(limits: limits, quirks: quirks)
    do throws(SyntaxError) {
      response = try parser.response(input)
    } catch {
      throw Finding("without a quirk it is refused, without any it is not")
    }
    used = parser.usedQuirks
  }
  try require(response == strict, "a quirk changes what the grammar allows")
}

extension IMAPResponse {
  /// Whether it has a name or a code that nobody knows, or names that may be any.
  fileprivate var isOpen: Bool {
    switch self {
    case .tagged(_, let status), .untagged(.status(let status)):
      switch status.code {
      case .other, .capabilities: true
      default: false
      }
    case .untagged(.capability), .untagged(.enabled), .untagged(.other): true
    default: false
    }
  }
}
