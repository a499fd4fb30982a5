/// Why the DNS gave no answer this time. None of these says anything about the name: mail waits.
///
/// [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1): after a temporary error the message must be queued.
@frozen
public enum DNSFailure: UInt8, Hashable, Sendable {
  /// `SERVFAIL`: the server could not find out, or the zone's signatures are bad.
  case serverFailure
  /// `REFUSED`: the server does not answer such questions.
  case refused
  /// No server answered in time.
  case timedOut
  /// The answer could not be read, or did not belong to the question.
  case badResponse
  /// CNAME records that lead in a circle, or further than the limit.
  case aliasLoop
}
