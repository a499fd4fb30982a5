/// Why an annotation was refused: the `ANNOTATE` response code.
///
/// [RFC 5257 §4.5](https://www.rfc-editor.org/rfc/rfc5257#section-4.5).
@frozen
public enum AnnotationRefusal: Hashable, Sendable {
  /// `TOOBIG`: the value is too long.
  case tooBig
  /// `TOOMANY`: the message has as many as it can have.
  case tooMany
}
