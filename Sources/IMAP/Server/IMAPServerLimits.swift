public import IMAPCodec
public import MailWire

/// Limits of a server. Each one that is reached is still allowed.
public struct IMAPServerLimits: Hashable, Sendable {
  /// What is taken of a command once somebody is logged in; before that ``IMAPLimits/beforeAuthentication`` of it.
  public var commands = IMAPLimits()
  /// A line of an `AUTHENTICATE` exchange in octets, without its line end. Default 12,288, as in SMTP.
  public var authenticationLine = 12_288
  /// Commands that fail by the client's fault before it is sent away. Default 100: test suites and old clients make many.
  public var errors = 100
  /// Failed authentications before the client is sent away. Default 3.
  public var authenticationFailures = 3
  /// What a session keeps for a client that does not ask.
  public var view = MailboxView.Limits()
  /// The limits that all protocols share.
  public var connection = ConnectionLimits()

  /// The default limits.
  public init() {}
}
