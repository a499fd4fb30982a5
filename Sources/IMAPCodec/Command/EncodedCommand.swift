@_spi(MailCodec) import MailWire

/// The octets of a command, and where the sender must wait.
///
/// [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3): behind the header of a synchronising literal, the
/// sender waits for a continuation request before it sends on. A command that ends in the header of a message's literal
/// waits there too, unless the literal is non-synchronising.
public struct EncodedCommand: Hashable, Sendable {
  /// All octets.
  public let bytes: [UInt8]
  /// The offsets at which to wait, ascending; the last one may be the end.
  public let stops: [Int]

  init(_ writer: IMAPWriter) {
    bytes = writer.output.bytes.copied()
    stops = writer.stops
  }

  /// The octets up to each stop, and those behind the last one.
  public var pieces: [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    for stop in stops {
      pieces.append([UInt8](bytes[start..<stop]))
      start = stop
    }
    if start < bytes.count || pieces.isEmpty { pieces.append([UInt8](bytes[start...])) }
    return pieces
  }
}
