public import MailWire

/// A span of time in seconds, at least one.
///
/// [RFC 5032 §2](https://www.rfc-editor.org/rfc/rfc5032#section-2): `nz-number`.
///
///     C: A1 SEARCH YOUNGER 259200
public struct SearchInterval: Hashable, Sendable {
  /// The seconds, at least 1.
  public let seconds: UInt32

  /// So many seconds.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for none.
  public init(seconds: UInt32) throws(SyntaxError) {
    guard seconds > 0 else { throw SyntaxError(.badNumber, at: 0) }
    self.init(unchecked: seconds)
  }

  init(unchecked seconds: UInt32) { self.seconds = seconds }
}
