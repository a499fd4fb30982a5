@_spi(MailCodec) import MailWire

/// The octets of a response, and where the contents of messages belong that its sender streams.
///
/// [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3): each literal's header is written, and exactly so many
/// octets must follow it.
public struct EncodedResponse: Hashable, Sendable {
  /// All octets but the contents.
  public let bytes: [UInt8]
  /// The offsets at which contents belong, ascending.
  public let gaps: [Int]

  init(_ writer: IMAPWriter) {
    bytes = writer.output.bytes.copied()
    gaps = writer.gaps
  }

  /// The octets before each content, and those behind the last one.
  public var pieces: [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    for gap in gaps {
      pieces.append([UInt8](bytes[start..<gap]))
      start = gap
    }
    pieces.append([UInt8](bytes[start...]))
    return pieces
  }
}

extension IMAPResponse {
  /// The response as octets, with the places where the contents of its streamed sections belong, in their order.
  ///
  ///     S: * 2 FETCH (UID 9 BODY[] {2048}
  ///     S: (2,048 octets)
  ///     S: )
  public func encoded(for encoding: IMAPEncoding = .server) -> EncodedResponse {
    var writer = IMAPWriter(encoding)
    write(to: &writer)
    return EncodedResponse(writer)
  }
}
