@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

/// The first octet says whether a bare LF ends a line; the rest is what arrives: replies one behind the other.
func checkSMTPReply(_ input: Span<UInt8>) throws(Finding) {
  guard let first = input.isEmpty ? nil : input[0] else { return }
  let stream = input.extracting(droppingFirst: 1)
  var expected: [[UInt8]]?
  for cut in Cut.allCases {
    let replies = try framedReplies(stream, cut, acceptsBareLineFeed: first & 1 == 1)
    if let expected { try require(replies == expected, "replies differ when cut \(cut)") }
    expected = replies
  }
  for reply in expected ?? [] { try checkReply(reply) }
}

/// The replies in the stream; the last one is empty when the stream broke a limit.
private func framedReplies(
  _ stream: Span<UInt8>, _ cut: Cut, acceptsBareLineFeed: Bool
) throws(Finding) -> [[UInt8]] {
  let limits = SMTPReplyLimits(line: 96, total: 384, lines: 8)
  var framer = SMTPReplyFramer(limits: limits, acceptsBareLineFeed: acceptsBareLineFeed)
  var buffer = ReceiveBuffer()
  var replies: [[UInt8]] = []
  var isBroken = false
  try stream.forEachPiece(cut) { (piece) throws(Finding) in
    guard !isBroken else { return }
    buffer.append(piece)
    while true {
      switch framer.next(in: buffer) {
      case .incomplete:
        return try require(buffer.count <= limits.total, "\(buffer.count) octets stayed in the buffer")
      case .tooLong:
        isBroken = true
        replies.append([])
        return
      case .reply(let length):
        replies.append(buffer.bytes.extracting(first: length).array)
        buffer.consume(length)
      }
    }
  }
  return replies
}

private func checkReply(_ bytes: [UInt8]) throws(Finding) {
  let strict = try? SMTPReply(bytes.span, quirks: .none)
  guard let reply = try? SMTPReply(bytes.span, quirks: .lenient) else {
    return try require(strict == nil, "a quirk refuses what the grammar allows")
  }
  if let strict { try require(reply == strict, "a quirk changes what the grammar allows") }
  try checkWritten(reply)
  try checkWritten(SMTPReply(reply.code, bytes: bytes))
  _ = reply.description
}

/// What is written is a reply of whole lines, no longer than allowed, and reads as what was written.
private func checkWritten(_ reply: SMTPReply) throws(Finding) {
  let wire = reply.encoded
  try require(wire.hasOnlyWholeLineEnds, "half a line end: \(wire.visible)")
  let lines = wire.split(separator: 10, omittingEmptySubsequences: false).dropLast()
  try require(lines.allSatisfy { $0.count < SMTPReply.maximumLine }, "too long a line: \(wire.visible)")
  guard let again = try? SMTPReply(wire.span, quirks: .none) else {
    throw Finding("what was written cannot be read: \(wire.visible)")
  }
  try require(again.code == reply.code, "another code: \(wire.visible)")
  try require(again.encoded == wire, "written twice: \(wire.visible) and \(again.encoded.visible)")
  // Longer lines are broken, which changes the text.
  if reply.lines.allSatisfy({ $0.count < 400 }) { try require(again == reply, "read again: \(wire.visible)") }
}
