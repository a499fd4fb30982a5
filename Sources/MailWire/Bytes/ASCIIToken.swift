/// A keyword from an open, registered set: valid by construction, compared without regard to case, spelt as it was read.
///
/// Types such as an EHLO keyword or a POP3 capability conform, offer the registered names as static members, and accept
/// any other that the grammar allows.
public protocol ASCIIToken: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they were read or given.
  var bytes: [UInt8] { get }

  /// The token of these octets.
  init(validated octets: ValidatedToken)

  /// Whether the grammar allows `byte` at `index`.
  static func allows(_ byte: UInt8, at index: Int) -> Bool

  /// The longest token in octets.
  static var maximumLength: Int { get }
}

extension ASCIIToken {
  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet that the grammar refuses, `tooLong` beyond
  ///   ``maximumLength``, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard span.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    for index in span.indices where !Self.allows(span[index], at: index) { throw SyntaxError(.badToken, at: index) }
    self.init(validated: ValidatedToken(span.copied()))
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// Equal when the octets are, where letters of either case are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.bytes.span.hasSameLetters(as: right.bytes.span)
  }

  /// Hashes the octets with letters folded to lower case.
  public func hash(into hasher: inout Hasher) {
    for byte in bytes { hasher.combine(byte.asciiLowercased) }
  }

  /// The token as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Octets that a grammar has accepted as a token. Only this library's parsers make one, so that no token can be constructed
/// that would write a second line.
public struct ValidatedToken: Sendable {
  /// The octets.
  public let bytes: [UInt8]

  /// The octets, which the caller has checked.
  @_spi(MailCodec) public init(_ bytes: [UInt8]) { self.bytes = bytes }
}
