@_spi(MailCodec) import MailWire

/// A name in the source that octets are compared with; case does not count.
struct StaticName: Sendable {
  private let bytes: [UInt8]

  init(_ text: StaticString) {
    var output = OutboundBuffer()
    output.append(text)
    bytes = output.bytes.copied()
  }

  func matches(_ other: [UInt8]) -> Bool { bytes.span.hasSameLetters(as: other.span) }

  /// What stands behind the name in octets that begin with it.
  func remainder(of other: [UInt8]) -> [UInt8]? {
    guard other.count >= bytes.count, other.span.extracting(first: bytes.count).hasSameLetters(as: bytes.span) else {
      return nil
    }
    return [UInt8](other[bytes.count...])
  }
}
