import MailWire

/// The input is a message to encode and, taken as it is, a stuffed text to decode.
func checkDotStuffing(_ input: Span<UInt8>) throws(Finding) {
  try checkEncoder(input)
  let bytes = input.array
  for policy in [LineEndingPolicy.reject, .normalise, .verbatim] { try checkDecoder(bytes, policy) }
}

private func checkEncoder(_ input: Span<UInt8>) throws(Finding) {
  let text = canonical(input.array, keepsNulls: true)
  for cut in Cut.allCases {
    var encoder = DotStuffingEncoder()
    var size = CanonicalSize()
    var wire: [UInt8] = []
    try input.forEachPiece(cut) { (piece) throws(Finding) in
      encoder.encode(piece, into: &wire)
      size.add(piece)
    }
    encoder.finish(into: &wire)
    try require(wire.hasOnlyWholeLineEnds, "the encoder wrote half a line end: \(wire.visible)")
    let decoded = decodedByModel(wire)
    try require(decoded.end == wire.count, "the encoded text ends early: \(wire.visible)")
    try require(decoded.text == text, "the encoder changed the text, cut \(cut): \(wire.visible)")
    try require(size.octets == UInt64(text.count), "a size of \(size.octets) for \(text.count) octets, cut \(cut)")
  }
}

private func checkDecoder(_ bytes: [UInt8], _ policy: LineEndingPolicy) throws(Finding) {
  let expected = decodedByModel(bytes)
  for cut in Cut.allCases {
    var decoder = DotStuffingDecoder(policy: policy)
    var text: [UInt8] = []
    var taken = 0
    try bytes.span.forEachPiece(cut) { (piece) throws(Finding) in
      let count = decoder.decode(piece, into: &text)
      taken += count
      try require(count == piece.count || decoder.isAtEnd, "the decoder stopped before the end")
    }
    try require(decoder.isAtEnd == (expected.end != nil), "the end of the text, cut \(cut): \(bytes.visible)")
    try require(taken == expected.end ?? bytes.count, "the end of the text is at \(taken), cut \(cut)")
    try require(text.count <= 2 * bytes.count, "the decoded text is longer than it can be")
    guard decoder.isAtEnd else { continue }
    try require(
      decoder.irregularities.isEmpty == (expected.text.hasOnlyWholeLineEnds && !expected.text.contains(0)),
      "irregularities \(decoder.irregularities.rawValue) of \(expected.text.visible)")
    let wanted = policy == .normalise ? canonical(expected.text, keepsNulls: false) : expected.text
    try require(text == wanted, "decoded with \(policy), cut \(cut): \(text.visible), not \(wanted.visible)")
  }
}

/// A dot-stuffed text read an octet at a time, and where it ends; the text is meaningful only if it does.
private func decodedByModel(_ bytes: [UInt8]) -> (text: [UInt8], end: Int?) {
  var text: [UInt8] = []
  var index = 0
  while index < bytes.count {
    let isLineStart = index == 0 || (index > 1 && bytes[index - 2] == 13 && bytes[index - 1] == 10)
    if isLineStart, bytes[index] == 46 {
      if index + 2 < bytes.count, bytes[index + 1] == 13, bytes[index + 2] == 10 { return (text, index + 3) }
      index += 1
      guard index < bytes.count else { break }
    }
    text.append(bytes[index])
    index += 1
  }
  return (text, nil)
}

/// Every line end as CRLF, the last line ended.
private func canonical(_ bytes: [UInt8], keepsNulls: Bool) -> [UInt8] {
  var text: [UInt8] = []
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    switch byte {
    case 13:
      text += [13, 10]
      if index < bytes.count, bytes[index] == 10 { index += 1 }
    case 10: text += [13, 10]
    case 0 where !keepsNulls: break
    default: text.append(byte)
    }
  }
  if keepsNulls, !text.isEmpty, text.suffix(2) != [13, 10] { text += [13, 10] }
  return text
}
