public import MailWire
public import POP3Codec

/// What a client machine tells its host.
@nonexhaustive
public enum POP3ClientEvent: ConnectionEvent {
  /// The server's first words. A negative one ends the connection with ``CloseReason/serviceRefused``.
  case greeting(POP3Response)
  /// TLS is established; what the server offered before counts for nothing.
  case encrypted(TLSDescription)
  /// The session is open, encrypted if the configuration asks for it: authenticate or quit.
  case ready(POP3Capabilities)
  /// The server accepted the credentials and locked the maildrop.
  case authenticated(POP3Response)
  /// The server refused the credentials or could not lock the maildrop; the code says which. One may try again.
  case authenticationFailed(POP3Response)
  /// What the server offers behind the login; see ``POP3ClientConfiguration/asksCapabilitiesAfterLogin``.
  case capabilities(POP3Capabilities)
  /// The answer to ``POP3Client/status()``.
  case status(count: Int, octets: UInt64)
  /// The answer to ``POP3Client/list(_:)``: all rows, or the one asked for.
  case listing([ScanListing])
  /// The answer to ``POP3Client/uniqueIDs(_:)``: all rows, or the one asked for. Two messages may have the same unique-id.
  case uniqueIDs([UniqueIDListing])
  /// The text of this message follows, whole or as ``POP3Client/top(_:lines:)`` asked.
  case messageBegins(Int)
  /// A part of the message, dots removed. Parts end anywhere.
  case content([UInt8])
  /// The message is complete. Without this event it is not.
  case contentEnds
  /// The message is marked as deleted. It is gone only behind ``updated``.
  case deleted(Int)
  /// The command without an answer of its own was carried out: `NOOP`, `RSET`.
  case done(POP3Command)
  /// The server said that all messages marked as deleted are gone. Without this event some may still be there.
  case updated
  /// The server refused this command. Behind `QUIT`: some messages marked as deleted are still there.
  case refused(POP3Command, POP3Response)
  /// The server deviated from the grammar in ways that the configuration accepts.
  case quirks(POP3Quirks)
  /// The server violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over. The last event; what was not answered before it never will be.
  case closed(CloseReason)
}
