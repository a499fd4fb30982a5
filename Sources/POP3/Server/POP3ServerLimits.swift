public import MailWire
import POP3Codec

/// Limits of a server. Each one that is reached is still allowed.
public struct POP3ServerLimits: Hashable, Sendable {
  /// A command line in octets, CRLF included. Default 255:
  /// [RFC 2449 §4](https://www.rfc-editor.org/rfc/rfc2449#section-4).
  public var commandLine = POP3Limits.commandLine
  /// A line of an `AUTH` exchange, CRLF included. Default 12,288, as in SMTP;
  /// [RFC 5034 §4](https://www.rfc-editor.org/rfc/rfc5034#section-4) asks for as much as the mechanisms need.
  public var authenticationLine = 12_288
  /// Commands that fail by the client's fault before it is sent away. Default 20.
  public var errors = 20
  /// Failed authentications before the client is sent away. Default 3.
  public var authenticationFailures = 3
  /// The limits that all protocols share.
  public var connection = ConnectionLimits()

  /// The default limits.
  public init() {}
}
