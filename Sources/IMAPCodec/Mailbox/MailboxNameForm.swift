/// How a server names mailboxes on the wire.
@frozen
public enum MailboxNameForm: Hashable, Sendable {
  /// Modified UTF-7, [RFC 3501 §5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3).
  case modifiedUTF7
  /// UTF-8, [RFC 9051 §5.1](https://www.rfc-editor.org/rfc/rfc9051#section-5.1),
  /// [RFC 6855 §3](https://www.rfc-editor.org/rfc/rfc6855#section-3).
  case utf8
}
