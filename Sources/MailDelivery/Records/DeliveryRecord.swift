/// Something that must survive a crash. Records of one message stay in order; those of different messages need not.
public struct DeliveryRecord: Hashable, Sendable {
  /// What to do with it.
  @frozen
  public enum Kind: UInt8, Hashable, Sendable {
    /// All there is to know of a message: it takes the place of its earlier records.
    case whole = 1
    /// What changed: it goes behind the message's earlier records.
    case change = 2
    /// The message is done: delete its records and its content. The record has no octets.
    case removal = 3
  }

  /// The message.
  public var id: QueueID
  /// What to do.
  public var kind: Kind
  /// What to store: versioned, with a checksum.
  public var bytes: [UInt8]
}
