@_spi(MailCodec) import MailWire

/// Finds where the answer to `TOP` ends: behind the header, the blank line and so many lines of the body.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7). Lines end as ``DotStuffingEncoder`` ends them: with CRLF,
/// a bare LF or a bare CR. A message without a blank line is all header.
struct TopFilter: Sendable {
  private var isInBody = false
  private var isLineEmpty = true
  /// Behind a CR: an LF that follows belongs to the same line end.
  private var isBehindCarriageReturn = false
  private var linesLeft: Int

  init(bodyLines: Int) { linesLeft = bodyLines }

  /// Whether nothing more belongs to the answer.
  var isSatisfied: Bool { isInBody && linesLeft <= 0 && !isBehindCarriageReturn }

  /// How many octets of the next part of the message belong to the answer.
  mutating func take(_ part: Span<UInt8>) -> Int {
    var offset = 0
    while offset < part.count {
      if isBehindCarriageReturn {
        isBehindCarriageReturn = false
        if part[offset] == .lineFeed { offset += 1 }
        endLine()
        if isSatisfied { return offset }
        continue
      }
      let end = part.firstLineEnd(from: offset)
      if end > offset { isLineEmpty = false }
      guard end < part.count else { return end }
      offset = end + 1
      if part[end] == .carriageReturn {
        isBehindCarriageReturn = true
      } else {
        endLine()
        if isSatisfied { return offset }
      }
    }
    return offset
  }

  private mutating func endLine() {
    if isInBody {
      linesLeft -= 1
    } else if isLineEmpty {
      isInBody = true
    }
    isLineEmpty = true
  }
}

extension Span<UInt8> {
  /// The offset of the first CR or LF at or after `start`, or the end.
  fileprivate func firstLineEnd(from start: Int) -> Int {
    let raw = unsafe bytes
    let carriageReturn = SIMD16<UInt8>(repeating: .carriageReturn)
    let lineFeed = SIMD16<UInt8>(repeating: .lineFeed)
    var offset = start
    while offset &+ 16 <= count {
      let block = raw.block(at: offset)
      if any((block .== carriageReturn) .| (block .== lineFeed)) { break }
      offset &+= 16
    }
    while offset < count, self[offset] != .carriageReturn, self[offset] != .lineFeed { offset &+= 1 }
    return offset
  }
}
