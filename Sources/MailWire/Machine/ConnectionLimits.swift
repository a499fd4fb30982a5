/// Limits that every connection machine has, whatever its protocol.
public struct ConnectionLimits: Hashable, Sendable {
  /// Unread octets beyond which the machine asks for no more input; a host that reads on regardless loses the connection
  /// with ``ProtocolViolation/Fault/receiveOverflow``. Default 1 MiB.
  public var unreadBytes: Int
  /// Unwritten octets beyond which the machine takes no further unit from its input. Default 64 KiB.
  public var unwrittenBytes: Int
  /// How long the last bytes may take to leave before the connection is closed without them. Default 10 seconds.
  public var lingering: Duration

  /// The default limits, or others.
  public init(unreadBytes: Int = 1 << 20, unwrittenBytes: Int = 1 << 16, lingering: Duration = .seconds(10)) {
    self.unreadBytes = unreadBytes
    self.unwrittenBytes = unwrittenBytes
    self.lingering = lingering
  }
}
