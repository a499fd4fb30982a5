public import MailWire
public import POP3Codec

/// What a server machine tells its host.
///
/// Those marked *question* are answered with the methods named; until then the machine reads no further.
@nonexhaustive
public enum POP3ServerEvent: ConnectionEvent {
  /// TLS is established. What the client said before counts for nothing.
  case encrypted(TLSDescription)
  /// *Question*: are these the credentials of a user, and can his maildrop be locked?
  ///
  /// Lock it first, then answer with ``POP3Server/accept(_:)``; or with ``POP3Server/reject(_:)`` and
  /// ``POP3Response/authenticationFailed``, ``POP3Response/maildropInUse`` or another negative response. The lock is yours
  /// to release, at the latest at ``closed(_:)``.
  case authenticate(Credentials)
  /// *Question*: is this the MD5 digest of the timestamp and the user's password? Answered as ``authenticate(_:)`` is.
  case authenticateDigest(POP3Text, APOPDigest, APOPTimestamp)
  /// *Question*: the text of this message, please.
  ///
  /// Hand it over with ``POP3Server/sendContent(_:)`` as often as ``contentWanted`` asks and end it with
  /// ``POP3Server/finishContent()``; or refuse with ``POP3Server/reject(_:)`` before the first part. With `bodyLines` the
  /// client wants the header and so many lines of the body: the machine cuts, and says ``contentSuffices``.
  case retrieve(message: Int, bodyLines: Int?)
  /// There is room for more of the message. Not repeated until more of it was handed over.
  case contentWanted
  /// The client has all that it asked for: ``POP3Server/finishContent()`` may follow at once.
  case contentSuffices
  /// *Question*: remove these messages, numbered from 1, and release the lock. The client said `QUIT`.
  ///
  /// Answer with ``POP3Server/accept()``, or with ``POP3Server/reject(_:)`` and ``POP3Response/notAllRemoved`` when some
  /// are still there. No other event allows a message to be removed.
  case update(deleted: [Int])
  /// The client used deviations from the grammar that the configuration accepts.
  case quirks(POP3Quirks)
  /// The client violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over. The last event.
  case closed(CloseReason)
}
