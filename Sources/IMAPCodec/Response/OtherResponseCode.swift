@_spi(MailCodec) public import MailWire

/// A response code that has no case of its own, with its arguments as they were written.
///
///     S: * OK [REFERRAL imap://mail2.website.test/] Use that one
public struct OtherResponseCode: Hashable, Sendable {
  /// The code's name.
  public let keyword: ResponseCodeKeyword
  /// What stands behind the name and a space, up to the closing bracket.
  public let arguments: [UInt8]

  /// A code of this name and these arguments.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for a control character, or for `]` outside of a quoted string,
  ///   `empty` for no arguments.
  public init(_ keyword: ResponseCodeKeyword, arguments: [UInt8]) throws(SyntaxError) {
    guard !arguments.isEmpty else { throw SyntaxError(.empty, at: 0) }
    var cursor = ByteCursor(arguments.span)
    while let byte = cursor.next {
      guard !byte.isASCIIControl, byte != .closeBracket else { throw cursor.error(.unexpectedByte) }
      if byte == .quote { try Self.skipQuoted(&cursor) } else { cursor.offset &+= 1 }
    }
    self.init(checked: keyword, arguments)
  }

  init(checked keyword: ResponseCodeKeyword, _ arguments: [UInt8]) {
    self.keyword = keyword
    self.arguments = arguments
  }

  /// Skips a quoted string, in which a bracket ends nothing.
  @_lifetime(cursor: copy cursor)
  static func skipQuoted(_ cursor: inout ByteCursor) throws(SyntaxError) {
    try cursor.expect(.quote)
    while let byte = cursor.next, byte != .quote {
      guard byte != 0, byte != 10, byte != 13 else { throw cursor.error(.unexpectedByte) }
      cursor.offset &+= byte == .backslash && cursor.remaining > 1 ? 2 : 1
    }
    try cursor.expect(.quote)
  }

  /// The arguments as a tree.
  ///
  /// - Throws: ``SyntaxError`` when they do not have the form of one.
  public func values() throws(SyntaxError) -> [IMAPValue] { try IMAPValue.sequence(arguments.span) }
}
