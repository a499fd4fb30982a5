@_spi(MailCodec) public import MailWire

/// A URL of IMAP: a server, a mailbox, a search in it, or a message or part of one, perhaps with the authorisation to read it.
///
/// [RFC 5092](https://www.rfc-editor.org/rfc/rfc5092), [RFC 4467 §3](https://www.rfc-editor.org/rfc/rfc4467#section-3). Octets
/// are held without percent encoding. A URL without a server is one by its path, as `CATENATE` takes it.
///
///     imap://joe@example.com/INBOX;UIDVALIDITY=385759045/;UID=20/;SECTION=1.2;URLAUTH=anonymous:internal:91354a47…
///     /Drafts;UIDVALIDITY=385759045/;UID=20/;SECTION=HEADER
public struct IMAPURL: Hashable, Sendable, CustomStringConvertible {
  /// The server; nil for a URL that is a path.
  public let server: IMAPURLServer?
  /// The mailbox's name in UTF-8, as URLs have it; empty when the URL names none.
  public let mailbox: [UInt8]
  /// `;UIDVALIDITY=`: under which the UID is valid.
  public let uidValidity: UInt32?
  /// What the URL is about.
  public let target: Target

  /// What a URL is about.
  public enum Target: Hashable, Sendable {
    /// The server or the mailbox.
    case mailbox
    /// `?`: the messages that a search finds, by the text of `SEARCH`; never empty.
    case search([UInt8])
    /// A message, or a part of one.
    case message(IMAPURLMessage)
  }

  /// A URL of these parts.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for an empty search, or for no mailbox where something in it is meant;
  ///   `badNumber` for the UIDVALIDITY zero; `unexpectedByte` for NUL.
  public init(
    server: IMAPURLServer? = nil, mailbox: [UInt8] = [], uidValidity: UInt32? = nil, target: Target = .mailbox
  ) throws(SyntaxError) {
    guard uidValidity != 0 else { throw SyntaxError(.badNumber, at: 0) }
    if let index = mailbox.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    if case .search(let text) = target {
      guard !text.isEmpty else { throw SyntaxError(.empty, at: 0) }
      if let index = text.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    }
    guard !mailbox.isEmpty || (uidValidity == nil && target == .mailbox) else { throw SyntaxError(.empty, at: 0) }
    self.server = server
    self.mailbox = mailbox
    self.uidValidity = uidValidity
    self.target = target
  }

  /// Parses a whole URL.
  ///
  /// - Throws: ``SyntaxError`` where the text leaves the grammar; `badToken` for another scheme than `imap`.
  public init(_ text: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(text)
    self = try Self.parse(&cursor)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }

  /// Parses a whole URL, as for octets.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// The URL as an argument of a command.
  public var string: IMAPString { IMAPString(unchecked: IMAPWriter.bytes { write(to: &$0) }) }

  /// The URL as it is written, but for the token that authorises who has it, of which `…` is shown.
  public var description: String {
    let text = IMAPWriter.text { write(to: &$0) }
    guard case .message(let message) = target, let token = message.authorisation?.verifier?.token else { return text }
    // Nothing follows it.
    return String(text.dropLast(token.count)) + "…"
  }
}
