/// How a response begins.
///
/// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3).
@frozen
public enum POP3Status: Hashable, Sendable {
  /// `+OK`: it was done.
  case ok
  /// `-ERR`: it was not.
  case error
  /// `+ `: go on; only inside an `AUTH` exchange, [RFC 5034 §4](https://www.rfc-editor.org/rfc/rfc5034#section-4).
  case continuation

  /// The indicator as it is written.
  public var text: StaticString {
    switch self {
    case .ok: "+OK"
    case .error: "-ERR"
    case .continuation: "+"
    }
  }
}
