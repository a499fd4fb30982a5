@_spi(MailCodec) import MailWire

/// The messages that a command is about: by their places, or, behind `UID`, by their identifiers.
///
/// [RFC 9051 §6.4.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.9).
///
///     C: A1 FETCH 1:5 FLAGS
///     C: A2 UID FETCH 4827313:4828442 FLAGS
@frozen
public enum MessageSet: Hashable, Sendable {
  /// By their places.
  case sequence(SequenceSet)
  /// By their identifiers.
  case uid(UIDSet)

  /// Whether the command begins with `UID`.
  public var isUID: Bool {
    switch self {
    case .sequence: false
    case .uid: true
    }
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isUID: Bool
  ) throws(SyntaxError) -> MessageSet {
    try cursor.requireSpace(&context)
    if isUID { return .uid(try UIDSet.parse(&cursor, elements: context.limits.elements)) }
    return .sequence(try SequenceSet.parse(&cursor, elements: context.limits.elements))
  }

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .sequence(let set): set.write(to: &writer)
    case .uid(let set): set.write(to: &writer)
    }
  }
}
