@_spi(MailCodec) import MailWire

/// The header of a message as a part of a report: lines ended with CRLF, no NUL, in quoted-printable where it must be.
struct CanonicalHeader {
  private(set) var bytes: [UInt8] = []
  /// Whether it is ASCII in lines that may stand in a message.
  private(set) var isPlain = true
  private(set) var hasLongLines = false
  private(set) var isQuoted = false

  init(_ header: [UInt8]) {
    bytes.reserveCapacity(header.count + header.count / 32)
    var length = 0
    for (index, byte) in header.enumerated() {
      switch byte {
      case .lineFeed:
        bytes += [13, 10]
        length = 0
      case .carriageReturn:
        if index + 1 == header.count || header[index + 1] != .lineFeed {
          bytes += [13, 10]
          length = 0
        }
      default:
        bytes.append(byte == 0 ? 63 : byte)
        length += 1
        if byte > 126 { isPlain = false }
        if length > 998 { hasLongLines = true }
      }
    }
    if length > 0 { bytes += [13, 10] }
    if hasLongLines { isPlain = false }
  }

  /// [RFC 2045 §6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7).
  mutating func quote() {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    var column = 0
    for (index, byte) in bytes.enumerated() {
      if byte == .carriageReturn || byte == .lineFeed {
        output.append(byte)
        column = 0
        continue
      }
      let isLast = index + 1 < bytes.count && bytes[index + 1] == .carriageReturn
      let isSpace = byte == .space || byte == 9
      let isPlain = (byte.isASCIIGraphic && byte != 61) || (isSpace && !isLast)
      let width = isPlain ? 1 : 3
      if column + width > 75 {
        output += [61, 13, 10]
        column = 0
      }
      if isPlain {
        output.append(byte)
      } else {
        output += [61] + [byte >> 4, byte & 15].map { $0 < 10 ? 48 + $0 : 55 + $0 }
      }
      column += width
    }
    bytes = output
    isQuoted = true
  }
}
