public import MailWire
public import SMTPCodec

/// What a server machine tells its host.
///
/// Those marked *question* are answered with ``SMTPServer/accept(_:)`` or ``SMTPServer/reject(_:)``; until then the machine
/// reads no further.
@nonexhaustive
public enum SMTPServerEvent: ConnectionEvent {
  /// The client said its name, with `EHLO` when `isExtended`. Any transaction is over. A *question* when
  /// ``SMTPServerConfiguration/hostAnswers`` contains it.
  case hello(HelloName, isExtended: Bool)
  /// TLS is established. What the client said before counts for nothing.
  case encrypted(TLSDescription)
  /// *Question*: are these the credentials of a user? The usual refusal is ``SMTPReply/authenticationFailed``.
  case authenticate(Credentials)
  /// *Question*: may this sender begin a transaction?
  case mail(ReversePath, ESMTPParameters)
  /// *Question*: is this recipient acceptable? It may be accepted with `251` and refused with any 4yz or 5yz.
  case recipient(ForwardPath, ESMTPParameters)
  /// The message begins. A *question* when ``SMTPServerConfiguration/hostAnswers`` contains it.
  case contentBegins
  /// A part of the message, dots removed. Parts end anywhere.
  case content([UInt8])
  /// *Question*: is the message taken over? Store it safely first: the positive reply moves the responsibility.
  case contentEnds
  /// The transaction is over without a message: forget its sender, recipients and content.
  case transactionAborted
  /// `VRFY`. A *question*, asked when ``SMTPServerConfiguration/hostAnswers`` contains it.
  case verify(SMTPText)
  /// `EXPN`. A *question*, asked when ``SMTPServerConfiguration/hostAnswers`` contains it.
  case expand(SMTPText)
  /// `HELP`. A *question*, asked when ``SMTPServerConfiguration/hostAnswers`` contains it.
  case help(SMTPText)
  /// The client used deviations from the grammar that the configuration accepts.
  case quirks(SMTPQuirks)
  /// The client violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over, and with it any transaction. The last event.
  case closed(CloseReason)
}
