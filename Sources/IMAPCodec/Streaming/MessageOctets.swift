/// Octets of a message in a response: with the value, or streamed before the value was complete.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). An ``IMAPUnitStream`` streams what comes as a
/// literal; what comes in quotes is always with the value.
///
///     S: * 2 FETCH (BODY[TEXT] {310}     .streamed
///     S: * 2 FETCH (BODY[TEXT] "hello")  .inline
///     S: * 2 FETCH (BODY[TEXT] NIL)      .none
@frozen
public enum MessageOctets: Hashable, Sendable {
  /// `NIL`: there are none.
  case none
  /// These.
  case inline([UInt8])
  /// Those of a literal with this header, which were streamed, or will be by whoever writes the value.
  case streamed(LiteralHeader)

  /// The octets that are with the value; nil for `NIL`, and when they were streamed.
  public var bytes: [UInt8]? {
    if case .inline(let bytes) = self { bytes } else { nil }
  }

  /// How many octets there are; nil for `NIL`.
  public var count: UInt64? {
    switch self {
    case .none: nil
    case .inline(let bytes): UInt64(bytes.count)
    case .streamed(let header): header.size
    }
  }
}
