@_spi(MailCodec) public import MailWire

/// A section of a message with its content, as one `FETCH` item.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2), and
/// [RFC 3516 §4.3](https://www.rfc-editor.org/rfc/rfc3516#section-4.3) for `BINARY`.
///
///     S: * 2 FETCH (BODY[HEADER.FIELDS (DATE)] {37}
public struct FetchSection: Hashable, Sendable {
  /// Which section it is.
  @frozen
  public enum Name: Hashable, Sendable {
    /// `BODY[…]`
    case body(SectionSpecifier)
    /// `BINARY[…]`: a part with its transfer encoding undone.
    case binary(SectionPath)
    /// `RFC822`: the whole message, IMAP4rev1 only.
    case message
    /// `RFC822.HEADER`: its header, IMAP4rev1 only.
    case messageHeader
    /// `RFC822.TEXT`: its text, IMAP4rev1 only.
    case messageText
  }

  /// Which section it is.
  public let name: Name
  /// The offset of the content in the section, for an answer to a partial `FETCH`.
  ///
  ///     S: * 2 FETCH (BODY[]<1024> {2048}
  public let origin: UInt64?
  /// The octets, or how many of them were streamed.
  public let octets: MessageOctets

  /// The octets; nil when the section does not exist, and when they were streamed.
  public var content: [UInt8]? { octets.bytes }

  /// A section with its content.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL in the content of anything but `BINARY`,
  ///   `badParameter` for an origin where the name takes none.
  public init(_ name: Name, origin: UInt64? = nil, content: [UInt8]?) throws(SyntaxError) {
    switch name {
    case .binary: break
    case .body:
      if let zero = content?.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: zero) }
    case .message, .messageHeader, .messageText:
      if let zero = content?.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: zero) }
      guard origin == nil else { throw SyntaxError(.badParameter, at: 0) }
    }
    let octets: MessageOctets = if let content { .inline(content) } else { .none }
    self.init(checked: name, origin: origin.map { min($0, UInt64(Int64.max)) }, octets)
  }

  /// A section whose octets are written by the caller, see ``FetchResponse/encoded()``.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an origin where the name takes none, and for a `literal8` in
  ///   anything but `BINARY`.
  public init(_ name: Name, origin: UInt64? = nil, streamed size: UInt64, isBinary: Bool = false) throws(SyntaxError) {
    switch name {
    case .binary: break
    case .body: guard !isBinary else { throw SyntaxError(.badParameter, at: 0) }
    case .message, .messageHeader, .messageText:
      guard origin == nil, !isBinary else { throw SyntaxError(.badParameter, at: 0) }
    }
    let header = LiteralHeader(size: min(size, UInt64(Int64.max)), isBinary: isBinary)
    self.init(checked: name, origin: origin.map { min($0, UInt64(Int64.max)) }, .streamed(header))
  }

  init(checked name: Name, origin: UInt64?, _ octets: MessageOctets) {
    self.name = name
    self.origin = origin
    self.octets = octets
  }
}

extension FetchSection.Name {
  /// Writes the name, section included.
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .body(let section):
      writer.append("BODY")
      section.write(to: &writer)
    case .binary(let path):
      writer.append("BINARY[")
      path.write(to: &writer)
      writer.append(.closeBracket)
    case .message: writer.append("RFC822")
    case .messageHeader: writer.append("RFC822.HEADER")
    case .messageText: writer.append("RFC822.TEXT")
    }
  }
}
