public import IMAPCodec
public import MailWire

/// Limits of a client. Each one that is reached is still allowed.
public struct IMAPClientLimits: Hashable, Sendable {
  /// How much of a response is taken. A longer one is swallowed and reported as
  /// ``ProtocolViolation/Fault/responseTooLong``.
  public var responses = IMAPLimits()
  /// A section of a message in octets that is a part of its response; a longer one comes as
  /// ``IMAPClientEvent/contentBegins(_:_:for:)``. Default 16,384.
  public var inlineContent = 16_384
  /// Commands that wait to be sent. Default 10,000; more throw ``MisuseError/tooMany``.
  public var queuedCommands = 10_000
  /// Commands that wait for their answers on the wire. Default 32.
  public var commandsInFlight = 32
  /// Octets that are sent to complete a literal whose command the server has already refused; a longer rest ends the
  /// connection. Default 1 MiB.
  public var refusedContent: UInt64 = 1 << 20
  /// Folders, or rows of messages, that a ``MailReader`` collects for one answer; more are left out and reported. Default
  /// 100,000.
  public var rows = 100_000
  /// The limits that all protocols share.
  public var connection = ConnectionLimits()

  /// The default limits.
  public init() {}
}
