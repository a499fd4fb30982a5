public import MailWire
public import SMTPCodec

/// What a client machine tells its host.
@nonexhaustive
public enum SMTPClientEvent: ConnectionEvent {
  /// TLS is established; what the server offered before counts for nothing.
  case encrypted(TLSDescription)
  /// The session is open, encrypted if the configuration asks for it: authenticate, send or quit.
  case ready(SMTPCapabilities)
  /// The server accepted the credentials.
  case authenticated(SMTPReply)
  /// The server refused the credentials; the session goes on without them.
  case authenticationFailed(SMTPReply)
  /// The server's reply to one recipient of the envelope, by index.
  case recipient(Int, SMTPReply)
  /// Give the next part of the message with ``SMTPClient/sendContent(_:)``, or ``SMTPClient/finishContent()``. Comes again
  /// behind each part, when there is room for another.
  case contentWanted
  /// The transaction is over; the next one may begin.
  case outcome(SMTPOutcome)
  /// The reply to ``SMTPClient/noop()``, ``SMTPClient/reset()``, ``SMTPClient/verify(_:)``, ``SMTPClient/expand(_:)`` or
  /// ``SMTPClient/help(_:)``.
  case reply(SMTPReply)
  /// The server refused service, in its greeting, in its reply to `EHLO`, or at any time with `421`.
  case refused(SMTPReply)
  /// The server deviated from the grammar in ways that the configuration accepts.
  case quirks(SMTPQuirks)
  /// The server violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over. The last event; an unfinished transaction has had its outcome before.
  case closed(CloseReason)
}
