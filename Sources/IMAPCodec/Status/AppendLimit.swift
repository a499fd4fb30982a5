/// How large a message that is appended may be.
///
/// [RFC 7889 §3.1](https://www.rfc-editor.org/rfc/rfc7889#section-3.1).
///
///     S: * STATUS INBOX (APPENDLIMIT 257890)
@frozen
public enum AppendLimit: Hashable, Sendable {
  /// So many octets at most.
  case octets(UInt32)
  /// `NIL`: the mailbox has no limit of its own.
  case unlimited
}
