public import IMAPCodec
public import MailWire

/// What a client machine tells its host.
@nonexhaustive
public enum IMAPClientEvent: ConnectionEvent {
  /// The server's first words: `OK`, `PREAUTH`, or a `BYE` that ends the connection with ``CloseReason/serviceRefused``.
  case greeting(StatusResponse)
  /// TLS is established; what the server offered before counts for nothing.
  case encrypted(TLSDescription)
  /// The session is open, encrypted if the configuration asks for it: authenticate, unless ``IMAPClient/state`` says that
  /// this is done already.
  case ready(IMAPCapabilities)
  /// What the server offers has changed.
  case capabilities(IMAPCapabilities)
  /// The server asks the mechanism of `AUTHENTICATE` for the answer to this: ``IMAPClient/respond(_:)`` or
  /// ``IMAPClient/cancelAuthentication()``.
  case challenge(Secret, for: IMAPClient.CommandID)
  /// Data or news. The command is the one in flight that asked for it; nil when none did.
  case response(UntaggedResponse, for: IMAPClient.CommandID?)
  /// The messages with these UIDs are gone, as the response before this event says; messages whose UIDs no response has
  /// named are not among them.
  case expunged(NumberRanges)
  /// A section of a message follows, too long for ``IMAPClientLimits/inlineContent``; the rest of its response comes behind it,
  /// as ``response(_:for:)`` in which the section is ``MessageOctets/streamed(_:)``.
  case contentBegins(LiteralHeader, ContentPlace, for: IMAPClient.CommandID?)
  /// A part of the section. Parts end anywhere.
  case content([UInt8])
  /// The section is complete. Without this event it is not.
  case endOfContent
  /// The server takes the message of `APPEND` or `REPLACE`: give the next part with ``IMAPClient/sendContent(_:)``, or
  /// ``IMAPClient/finishContent(_:urls:)`` behind the last one. Comes again behind each part, when there is room for another.
  case contentWanted(IMAPClient.CommandID)
  /// The server has accepted `IDLE` and tells news as they come; once for each renewal.
  case idling(IMAPClient.CommandID)
  /// The command is done, or was refused: the condition says which.
  case completed(IMAPClient.CommandID, StatusResponse)
  /// The command was not sent, because an earlier one did not lead to the state that it needs (`FETCH` behind a failed
  /// `SELECT`), or because its sequence numbers mean other messages by now.
  case notSent(IMAPClient.CommandID)
  /// The server deviated from the grammar in ways that the configuration accepts.
  case quirks(IMAPQuirks)
  /// The server violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over. The last event; what was not completed before it never will be.
  case closed(CloseReason)
}
