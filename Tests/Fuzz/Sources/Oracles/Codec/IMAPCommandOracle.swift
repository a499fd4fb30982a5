@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// A command without its line ending, or the head of one that streams a message.
func checkIMAPCommand(_ input: Span<UInt8>) throws(Finding) {
  let limits = IMAPLimits(nesting: 20, elements: 60)
  let strict = try? TaggedCommand(input, quirks: .none, limits: limits)
  guard let command = try? TaggedCommand(input, quirks: .lenient, limits: limits) else {
    return try require(strict == nil, "a quirk refuses what the grammar allows")
  }
  if let strict { try require(command == strict, "a quirk changes what the grammar allows") }
  for literals in [IMAPEncoding.Literals.server, .synchronising, .nonSynchronising] {
    for acceptsUTF8 in [false, true] {
      let encoding = IMAPEncoding(literals: literals, acceptsUTF8: acceptsUTF8, longestQuoted: 40)
      try checkWritten(command, encoding, isStrict: strict != nil, inputCount: input.count)
    }
  }
}

private func checkWritten(
  _ command: TaggedCommand, _ encoding: IMAPEncoding, isStrict: Bool, inputCount: Int
) throws(Finding) {
  let encoded = command.encoded(for: encoding)
  let wire = encoded.bytes
  try require(wire.count <= 16 * inputCount + 256, "\(wire.count) octets written for \(inputCount)")
  try require(wire.suffix(2) == [13, 10], "no line end: \(wire.visible)")
  try require(encoded.pieces.reduce([], +) == wire, "pieces differ")
  // What streams a message ends in its literal's header, line ending included.
  let unit = command.streamsContent ? wire : [UInt8](wire.dropLast(2))
  // What a quirk let in, such as a bracket in a keyword, needs the quirk again.
  let quirks: IMAPQuirks = !isStrict ? .lenient : encoding.acceptsUTF8 ? .eightBitInQuoted : .none
  let again: TaggedCommand
  do throws(SyntaxError) {
    again = try TaggedCommand(unit.span, quirks: quirks, limits: .wide)
  } catch {
    throw Finding("what was written cannot be read: \(wire.visible): \(error)")
  }
  try require(again == command, "read again: \(wire.visible)")
  try require(again.encoded(for: encoding) == encoded, "written twice: \(wire.visible)")
  try checkFramed(wire, command)
}

/// A framer that knows no grammar finds one unit, or one content, in what was written.
private func checkFramed(_ wire: [UInt8], _ command: TaggedCommand) throws(Finding) {
  var stream = IMAPUnitStream(.commands, limits: .wide)
  var buffer = ReceiveBuffer()
  buffer.append(wire.span)
  while true {
    switch stream.next(in: &buffer) {
    case .continuationWanted: continue
    case .unit:
      let end = stream.endOffset
      return try require(!command.streamsContent && end == wire.count, "ends at \(end): \(wire.visible)")
    case .contentBegins:
      let end = stream.endOffset
      return try require(command.streamsContent && end == wire.count, "content at \(end): \(wire.visible)")
    case .incomplete, .content, .endOfContent, .discarded, .failed:
      throw Finding("is no unit: \(wire.visible)")
    }
  }
}

extension TaggedCommand {
  /// Whether a message follows.
  var streamsContent: Bool {
    switch command {
    case .append(_, let message), .replace(_, _, let message): message.position != nil
    default: false
    }
  }
}

extension IMAPLimits {
  /// What was parsed within limits may be longer when it is written.
  static let wide = IMAPLimits(
    line: 1 << 24, literal: 1 << 24, streamedLiteral: .max, total: 1 << 26, nesting: 1_000, elements: 1_000_000)
}
