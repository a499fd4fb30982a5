@_spi(MailCodec) public import MailWire

/// The keywords of the known commands.
@frozen
public enum POP3Keyword: Hashable, Sendable, CaseIterable {
  /// `USER`.
  case user
  /// `PASS`.
  case password
  /// `APOP`.
  case digest
  /// `AUTH`.
  case authenticate
  /// `CAPA`.
  case capabilities
  /// `STLS`.
  case startTLS
  /// `UTF8`.
  case utf8
  /// `LANG`.
  case language
  /// `STAT`.
  case status
  /// `LIST`.
  case list
  /// `UIDL`.
  case uniqueIDs
  /// `RETR`.
  case retrieve
  /// `TOP`.
  case top
  /// `DELE`.
  case delete
  /// `NOOP`.
  case noop
  /// `RSET`.
  case reset
  /// `LAST`.
  case last
  /// `QUIT`.
  case quit

  /// The keyword as it is written.
  public var text: StaticString {
    switch self {
    case .user: "USER"
    case .password: "PASS"
    case .digest: "APOP"
    case .authenticate: "AUTH"
    case .capabilities: "CAPA"
    case .startTLS: "STLS"
    case .utf8: "UTF8"
    case .language: "LANG"
    case .status: "STAT"
    case .list: "LIST"
    case .uniqueIDs: "UIDL"
    case .retrieve: "RETR"
    case .top: "TOP"
    case .delete: "DELE"
    case .noop: "NOOP"
    case .reset: "RSET"
    case .last: "LAST"
    case .quit: "QUIT"
    }
  }

  /// The keyword of up to four octets, packed as ``packed(_:)`` does.
  init?(packed word: UInt64) {
    switch word {
    case packed("user"): self = .user
    case packed("pass"): self = .password
    case packed("apop"): self = .digest
    case packed("auth"): self = .authenticate
    case packed("capa"): self = .capabilities
    case packed("stls"): self = .startTLS
    case packed("utf8"): self = .utf8
    case packed("lang"): self = .language
    case packed("stat"): self = .status
    case packed("list"): self = .list
    case packed("uidl"): self = .uniqueIDs
    case packed("retr"): self = .retrieve
    case packed("top"): self = .top
    case packed("dele"): self = .delete
    case packed("noop"): self = .noop
    case packed("rset"): self = .reset
    case packed("last"): self = .last
    case packed("quit"): self = .quit
    default: return nil
    }
  }

  /// The keyword that `input` begins with, up to a space or a line end; nil for anything else.
  package init?(beginning input: Span<UInt8>) {
    var word: UInt64 = 0
    var length = 0
    while length < input.count {
      let byte = input[length]
      if byte == .space || byte == .carriageReturn || byte == .lineFeed { break }
      guard length < 4 else { return nil }
      word |= UInt64(byte.asciiLowercased) << UInt64(length &* 8)
      length &+= 1
    }
    self.init(packed: word)
  }

  /// Reads a word of visible ASCII and says which known keyword it is.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` or `badToken`.
  @_spi(MailCodec)
  @_lifetime(cursor: copy cursor)
  public static func take(_ cursor: inout ByteCursor) throws(SyntaxError) -> POP3Keyword? {
    let start = cursor.offset
    var word: UInt64 = 0
    while let byte = cursor.next, byte != .space {
      guard byte.isASCIIGraphic else { throw cursor.error(.badToken) }
      let index = cursor.offset &- start
      if index < 4 { word |= UInt64(byte.asciiLowercased) << UInt64(index &* 8) }
      cursor.offset &+= 1
    }
    let length = cursor.offset - start
    guard length > 0 else { throw cursor.error(cursor.isAtEnd ? .empty : .badToken) }
    return length <= 4 ? POP3Keyword(packed: word) : nil
  }
}
