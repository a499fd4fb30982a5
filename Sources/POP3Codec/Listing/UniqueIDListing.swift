@_spi(MailCodec) public import MailWire

/// One row of the answer to `UIDL`: a message and its unique-id.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7).
///
///     S: 1 whqtswO00WBw418f9t5JxYwZ
public struct UniqueIDListing: Hashable, Sendable {
  /// The message.
  public let number: MessageNumber
  /// Its unique-id.
  public let uniqueID: UniqueID

  /// A row of these values.
  public init(_ number: MessageNumber, _ uniqueID: UniqueID) {
    self.number = number
    self.uniqueID = uniqueID
  }

  /// The row of a view, copied: one allocation.
  public init(_ view: UniqueIDListingView) {
    number = view.number
    uniqueID = UniqueID(unchecked: view.uniqueID.copied())
  }

  /// Appends `number unique-id`, without a line ending.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(number.value))
    output.append(.space)
    output.append(uniqueID.bytes)
  }
}
