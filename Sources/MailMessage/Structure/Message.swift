@_spi(MailCodec) import MailWire

/// The structure of a message: its parts with their places, in the order of the octets.
///
/// [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322), [RFC 2046](https://www.rfc-editor.org/rfc/rfc2046). It holds offsets,
/// not octets, so that content can be sent from a file. Every text is a message; work is linear in its size, and the value
/// is bounded by ``MessageLimits/parts``.
///
///     let message = Message(bytes)
///     for part in message.parts where part.isText { print(part.body) }
public struct Message: Hashable, Sendable {
  /// The parts, each followed by those inside of it; never empty.
  public internal(set) var parts: [MessagePart]
  /// The octets of the message.
  public let size: Int
  /// The limits it was made with.
  public let limits: MessageLimits

  /// Finds the parts of a message.
  public init(_ bytes: Span<UInt8>, limits: MessageLimits = MessageLimits()) {
    var builder = MessageScanner(bytes, limits: limits)
    builder.run()
    parts = builder.parts
    size = bytes.count
    self.limits = limits
  }

  /// The message itself.
  public var root: MessagePart { parts[0] }

  /// The indices of the parts directly inside of a part.
  public func children(of index: Int) -> [Int] {
    var children: [Int] = []
    children.reserveCapacity(parts[index].childCount)
    var child = index + 1
    while child < parts[index].end {
      children.append(child)
      child = parts[child].end
    }
    return children
  }

  /// The header of a part as far as fields are looked for in it, see ``MessageLimits/header``.
  public func fieldsRange(of index: Int) -> Range<Int> {
    let header = parts[index].header
    return header.lowerBound..<min(header.upperBound, header.lowerBound + limits.header)
  }
}
