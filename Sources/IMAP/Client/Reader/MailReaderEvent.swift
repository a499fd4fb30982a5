public import IMAPCodec
public import MailWire

/// What a mail reader tells its host.
@nonexhaustive
public enum MailReaderEvent: ConnectionEvent {
  /// The user is logged in: give tasks. Tasks that were given before begin now.
  case ready
  /// The server refused the credentials, or cannot take them; the connection ends.
  case loginFailed(MailReader.Failure)
  /// The answer to ``MailReader/listFolders(_:)``.
  case folders([MailFolder], for: MailReader.TaskID)
  /// The answer to ``MailReader/open(_:isReadOnly:)``: what the mailbox is like.
  case opened(MailboxMirror, for: MailReader.TaskID)
  /// The answer to ``MailReader/listMessages(before:count:)``, oldest first.
  case messages([MessageSummary], for: MailReader.TaskID)
  /// The answer to ``MailReader/describe(_:)``: all of the header's addresses, and what parts the message has.
  case description(MessageEnvelope?, BodyStructure?, for: MailReader.TaskID)
  /// The text of ``MailReader/fetch(_:_:)`` follows; without its transfer encoding where the server can undo that.
  case contentBegins(isDecoded: Bool, for: MailReader.TaskID)
  /// A part of the text. Parts end anywhere; the task's ``done(_:)`` is its end.
  case content([UInt8])
  /// The answer to ``MailReader/search(_:)``.
  case found(NumberRanges, for: MailReader.TaskID)
  /// The messages of ``MailReader/move(_:to:)`` are in the other mailbox: their UIDs there, where the server says them. When they
  /// are not `removed` from this one, they are only marked with `\Deleted`: the server cannot expunge them alone.
  case moved(ResponseCode?, removed: Bool, for: MailReader.TaskID)
  /// Give the next part of the message of ``MailReader/append(_:to:flags:date:)`` with ``MailReader/sendContent(_:)``, or
  /// ``MailReader/finishContent()``. Comes again behind each part, when there is room for another.
  case contentWanted(MailReader.TaskID)
  /// The message of ``MailReader/append(_:to:flags:date:)`` is in the mailbox, with this UID where the server says it.
  case appended(uid: UInt32?, for: MailReader.TaskID)
  /// The task without an answer of its own was carried out.
  case done(MailReader.TaskID)
  /// The task was not carried out, or not wholly.
  case failed(MailReader.TaskID, MailReader.Failure)
  /// The server tells news as they come, from now on; once for each renewal.
  case watching
  /// The server does not tell news any more.
  case watchEnded(StatusResponse)
  /// The open mailbox has so many messages now.
  case arrived(count: UInt32)
  /// Messages of the open mailbox are gone.
  case expunged(NumberRanges)
  /// A message of the open mailbox has these flags now.
  case flagsChanged(uid: UInt32, FlagSet)
  /// The server says something that the user should read: `ALERT`, a warning, a farewell.
  case notice(StatusResponse)
  /// The server violated the protocol; the machine has already acted on it.
  case violation(ProtocolViolation)
  /// The connection is over. The last event; what was not done before it never will be.
  case closed(CloseReason)
}
