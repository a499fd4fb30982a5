/// Where in its unit a literal stands that is streamed.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2),
/// [§6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12).
@nonexhaustive
public enum ContentPlace: Hashable, Sendable {
  /// A section in a `FETCH` response.
  ///
  ///     S: * 2 FETCH (UID 9 BODY[1.2]<0> {2048}
  case section(FetchSectionPlace)
  /// What a URL refers to, in a `URLFETCH` response, [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7).
  ///
  ///     S: * URLFETCH "imap://…" {28}
  case url
  /// A message of `APPEND` or `REPLACE`, or a part of one.
  ///
  ///     C: A1 APPEND INBOX (\Seen) {310}
  case message(AppendContinuation.Position)
}
