public import MailWire

/// A number of 32 bits that is not zero: a UID, a span of seconds.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `nz-number`.
///
///     C: A1 SEARCH YOUNGER 259200 UIDAFTER 7000
public struct NonZeroNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number, at least 1.
  public let value: UInt32

  /// A number.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(_ value: UInt32) throws(SyntaxError) {
    guard value > 0 else { throw SyntaxError(.badNumber, at: 0) }
    self.init(unchecked: value)
  }

  init(unchecked value: UInt32) { self.value = value }

  /// The number in decimal.
  public var description: String { value.description }
}
