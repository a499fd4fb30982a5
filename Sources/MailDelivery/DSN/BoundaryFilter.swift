@_spi(MailCodec) import MailWire

/// Finds, in one pass, which of 64 boundaries occur at the beginning of a line.
///
/// `=_` occurs neither in quoted-printable nor in base64, the random token is known to nobody, and the two digits at the end
/// settle the rest. A bare CR counts as a line end, because a server may make one of it.
struct BoundaryFilter: Sendable {
  private let prefix: [UInt8]
  private var taken: UInt64 = 0
  /// How many octets of prefix and digits this line has matched; nil once it differs.
  private var matched: Int? = 0
  private var digit: UInt8 = 0

  init(token: [UInt8]) { prefix = [45, 45, 61, 95] + token + [95] }

  mutating func endLine() { matched = 0 }

  mutating func add(_ piece: Span<UInt8>) {
    var index = 0
    while index < piece.count {
      guard let count = matched else {
        guard let end = piece.firstIndex(of: .carriageReturn, or: .lineFeed, from: index) else { return }
        matched = 0
        index = end + 1
        continue
      }
      let byte = piece[index]
      index += 1
      if byte == .carriageReturn || byte == .lineFeed {
        matched = 0
      } else if count < prefix.count {
        matched = byte == prefix[count] ? count + 1 : nil
      } else if count == prefix.count {
        digit = byte &- 48
        matched = digit < 10 ? count + 1 : nil
      } else {
        let number = UInt64(digit) * 10 + UInt64(byte &- 48)
        if byte.isASCIIDigit, number < 64 { taken |= 1 << number }
        matched = nil
      }
    }
  }

  /// The first boundary that did not occur.
  var boundary: [UInt8]? {
    let free = UInt8((~taken).trailingZeroBitCount)
    guard free < 64 else { return nil }
    return prefix.dropFirst(2) + [48 + free / 10, 48 + free % 10]
  }
}
