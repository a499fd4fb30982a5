/// How much of the message a failure report returns, as the `RET` parameter of `MAIL` says.
///
/// [RFC 3461 §4.3](https://www.rfc-editor.org/rfc/rfc3461#section-4.3).
///
///     C: MAIL FROM:<susan@website.test> RET=HDRS
@frozen
public enum ReturnContent: UInt8, Hashable, Sendable {
  /// `FULL`: all of it.
  case full = 1
  /// `HDRS`: its header.
  case headers = 2
}
