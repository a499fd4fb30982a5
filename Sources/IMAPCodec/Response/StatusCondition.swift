/// The first word of a status response.
///
/// [RFC 9051 §7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1)
@frozen
public enum StatusCondition: Hashable, Sendable {
  /// `OK`
  case ok
  /// `NO`: the command failed, or a warning.
  case no
  /// `BAD`: a protocol error.
  case bad
  /// `PREAUTH`: a greeting; the connection is authenticated already.
  case preAuthenticated
  /// `BYE`: the connection ends.
  case bye
}
