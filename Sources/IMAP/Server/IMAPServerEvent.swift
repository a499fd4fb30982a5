public import IMAPCodec
public import MailWire

/// What a server tells or asks its host.
public enum IMAPServerEvent: ConnectionEvent {
  /// TLS is established; whatever was said before does not count.
  case encrypted(TLSDescription)
  /// Somebody wants to log in. Answer with ``IMAPServer/complete(_:)``: `OK`, or `NO` with `AUTHENTICATIONFAILED`.
  case authenticate(Credentials)
  /// A command to carry out. Answer with any number of ``IMAPServer/send(_:)``,
  /// ``IMAPServer/sendMessage(_:flags:internalDate:size:modSequence:items:)`` and ``IMAPServer/sendResult(_:modSequence:)``, and
  /// then exactly one ``IMAPServer/complete(_:)``; no further command comes before that.
  ///
  /// `uids` are the messages that its set names, as far as the client knows them, whether it gave numbers or UIDs; it is empty
  /// for commands without a set. Of `SELECT` and `EXAMINE`, ``IMAPServer/open(_:)`` comes first. Of `APPEND` and `REPLACE`,
  /// ``IMAPServer/accept()`` asks for the message, and ``appendContinues(_:)`` follows it.
  ///
  ///     C: A3 UID STORE 17:* +FLAGS (\Seen)
  case command(IMAPCommand, uids: NumberRanges)
  /// Octets of the message that is being appended.
  case content([UInt8])
  /// That message, or the part of one, is complete.
  case endOfContent
  /// What follows it: with ``AppendContinuation/Next/end`` the command is complete and waits for ``IMAPServer/complete(_:)``;
  /// else another content, for ``IMAPServer/accept()`` or a refusal.
  case appendContinues(AppendContinuation)
  /// There is room for ``IMAPServer/sendContent(_:)``: more of the first streamed section, of this message, that is not complete.
  case contentWanted(uid: UInt32)
  /// What was sent has left, so that there is room for more: ``IMAPServer/awaitRoom()``.
  case roomToWrite
  /// The client has switched extensions on.
  ///
  ///     C: A2 ENABLE CONDSTORE
  case enabled([IMAPCapability])
  /// Flags of these messages have changed, and the session has not kept how: tell them, of those that are still there, by
  /// ``IMAPServer/sendMessage(_:flags:internalDate:size:modSequence:items:)``, at any time.
  case flagsWanted(NumberRanges)
  /// The client needed these deviations from the grammar.
  case quirks(IMAPQuirks)
  /// The client has broken the protocol, and has been answered already.
  case violation(ProtocolViolation)
  /// The session is over; nothing follows.
  case closed(CloseReason)
}
