@_spi(MailCodec) public import MailWire

/// A word as it stands on the wire: an atom, a flag, a set, a keyword of an extension. Case does not count.
///
/// Visible ASCII without parentheses, quotation marks and braces, so that it ends where the next element begins.
///
///     C: A1 XSNOOZE 3:5 \Later
public struct IMAPToken: ASCIIToken {
  /// The octets.
  public let bytes: [UInt8]

  /// The token of these octets, which are known to be valid.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  init(keyword text: StaticString) { bytes = IMAPWriter.bytes { $0.append(text) } }

  /// The token that `body` writes, which holds no octet that a token may not.
  init(_ body: (inout IMAPWriter) -> Void) { bytes = IMAPWriter.bytes(body) }

  /// The token as a keyword.
  var word: IMAPWord { IMAPWord(bytes.span) }

  /// Whether it is the keyword of a literal in the source, in letters of either case; no allocation.
  func isKeyword(_ keyword: StaticString) -> Bool {
    guard bytes.count == keyword.utf8CodeUnitCount else { return false }
    let start = unsafe keyword.utf8Start
    for index in bytes.indices where bytes[index].asciiLowercased != (unsafe start[index].asciiLowercased) {
      return false
    }
    return true
  }

  /// Visible ASCII but `"`, `(`, `)`, `{` and `}`.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIIGraphic && byte != .quote && byte != .openParenthesis && byte != .closeParenthesis && byte != .openBrace
      && byte != .closeBrace
  }

  /// 65,536 octets: a set may be long.
  public static var maximumLength: Int { 65_536 }

  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPToken {
    let start = cursor.offset
    let span = cursor.take { allows($0, at: 0) }
    guard !span.isEmpty else { throw cursor.unexpected }
    guard span.count <= maximumLength else { throw SyntaxError(.tooLong, at: start) }
    return IMAPToken(validated: ValidatedToken(span.copied()))
  }
}
