@_spi(MailCodec) public import MailWire

/// The sender's own name for a transaction, which every report about it repeats: the `ENVID` parameter of `MAIL`.
///
/// [RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4). It means something to the sender only.
///
///     C: MAIL FROM:<susan@website.test> ENVID=QQ314159
public struct EnvelopeIdentifier: Hashable, Sendable, CustomStringConvertible {
  /// The identifier, decoded: printable ASCII, spaces included.
  public let bytes: [UInt8]
  /// The parameter's value, in the spelling in which it was read, which a relay must not change.
  public let encoded: [UInt8]

  /// The most octets that a parameter's value may have.
  public static let maximumLength = 100

  /// Parses the parameter's value.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for malformed xtext and for octets that are not printable once
  ///   decoded, `tooLong` (100 octets), `empty`.
  public init(parameter value: Span<UInt8>) throws(SyntaxError) {
    guard !value.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard value.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    bytes = try XText.decode(value)
    // A report puts it into a field of its own: a line end would begin another one.
    for byte in bytes where !byte.isASCIIPrintable { throw SyntaxError(.badParameter, at: 0) }
    encoded = value.copied()
  }

  /// An identifier from its own octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for what is not printable ASCII, `tooLong` (100 octets once
  ///   encoded), `empty`.
  public init(_ bytes: Span<UInt8>) throws(SyntaxError) {
    let encoded = XText.encode(bytes)
    try self.init(parameter: encoded.span)
  }

  /// An identifier from text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// Equal when the decoded octets are.
  public static func == (left: EnvelopeIdentifier, right: EnvelopeIdentifier) -> Bool { left.bytes == right.bytes }

  /// Hashes the decoded octets.
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The identifier as text, decoded.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
