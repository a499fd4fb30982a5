@_spi(MailCodec) public import MailWire

/// The extended code of a response: a word for programs, in levels of detail.
///
/// [RFC 2449 §8](https://www.rfc-editor.org/rfc/rfc2449#section-8). Codes are compared without regard to case. An unknown
/// code, or unknown detail behind a known one, keeps its octets; use ``isWithin(_:)`` to ignore the detail.
///
///     S: -ERR [SYS/TEMP] Disk full, try again later
public struct POP3ResponseCode: ASCIIToken {
  /// The octets between the brackets.
  public let bytes: [UInt8]

  /// The code of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at an octet that the grammar refuses and at an empty level,
  ///   `tooLong` beyond ``maximumLength``, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard span.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    guard Self.isWellFormed(span) else { throw SyntaxError(.badToken, at: 0) }
    self.init(validated: ValidatedToken(span.copied()))
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// Visible ASCII but for `[` and `]`.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { byte.isASCIIGraphic && byte != 91 && byte != 93 }

  /// 128 octets.
  public static var maximumLength: Int { 128 }

  /// Whether this is `general` or a detail of it: `SYS/TEMP` is within `SYS`.
  public func isWithin(_ general: POP3ResponseCode) -> Bool {
    let length = general.bytes.count
    guard bytes.count >= length else { return false }
    guard bytes.count == length || bytes[length] == 47 else { return false }
    return bytes.span.extracting(first: length).hasSameLetters(as: general.bytes.span)
  }

  static func isWellFormed(_ span: Span<UInt8>) -> Bool {
    guard !span.isEmpty, span.count <= maximumLength else { return false }
    var isLevelEmpty = true
    for index in span.indices {
      let byte = span[index]
      guard allows(byte, at: index) else { return false }
      if byte == 47, isLevelEmpty { return false }
      isLevelEmpty = byte == 47
    }
    return !isLevelEmpty
  }

  /// `IN-USE`: another session has the maildrop, [RFC 2449 §8.1.2](https://www.rfc-editor.org/rfc/rfc2449#section-8.1.2).
  public static let inUse = POP3ResponseCode(literal: "IN-USE")
  /// `LOGIN-DELAY`: too soon after the last login,
  /// [RFC 2449 §8.1.1](https://www.rfc-editor.org/rfc/rfc2449#section-8.1.1).
  public static let loginDelay = POP3ResponseCode(literal: "LOGIN-DELAY")
  /// `AUTH`: the credentials are at fault, [RFC 3206 §4](https://www.rfc-editor.org/rfc/rfc3206#section-4).
  public static let authentication = POP3ResponseCode(literal: "AUTH")
  /// `SYS`: the server is at fault.
  public static let system = POP3ResponseCode(literal: "SYS")
  /// `SYS/TEMP`: the server is at fault, for now, [RFC 3206 §4](https://www.rfc-editor.org/rfc/rfc3206#section-4).
  public static let systemTemporary = POP3ResponseCode(literal: "SYS/TEMP")
  /// `SYS/PERM`: the server is at fault until somebody mends it,
  /// [RFC 3206 §4](https://www.rfc-editor.org/rfc/rfc3206#section-4).
  public static let systemPermanent = POP3ResponseCode(literal: "SYS/PERM")
  /// `UTF8`: the message needs the UTF-8 mode, [RFC 6856 §5](https://www.rfc-editor.org/rfc/rfc6856#section-5).
  public static let utf8 = POP3ResponseCode(literal: "UTF8")

  private init(literal text: StaticString) {
    var output = OutboundBuffer()
    output.append(text)
    bytes = output.bytes.copied()
  }
}
