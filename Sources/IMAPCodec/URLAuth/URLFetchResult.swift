@_spi(MailCodec) public import MailWire

/// What one URL of `URLFETCH` refers to.
///
/// [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7); by parts,
/// [RFC 5524 §3.2](https://www.rfc-editor.org/rfc/rfc5524#section-3.2).
///
///     S: * URLFETCH "imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=…" {28}
public struct URLFetchResult: Hashable, Sendable {
  /// A part of an extended answer.
  @nonexhaustive
  public enum Part: Hashable, Sendable {
    /// `BODYPARTSTRUCTURE`: the structure of the part.
    case structure(BodyStructure)
    /// `BODY`: the octets as they are stored; none when they cannot be had.
    case body(MessageOctets)
    /// `BINARY`: the octets without their transfer encoding; none when it cannot be undone.
    case binary(MessageOctets)
    /// A part that has no case of its own: its name and the text of its value.
    case unknown(ListExtension)
  }

  /// What a URL refers to.
  @frozen
  public enum Content: Hashable, Sendable {
    /// The octets; none when the URL is refused.
    case octets(MessageOctets)
    /// The parts that were asked for; none is written as `NIL`.
    case parts([Part])
  }

  /// The URL, as the client has given it.
  public let url: IMAPString
  /// What it refers to.
  public let content: Content

  /// A result. Without parts, it is that of a URL which is refused.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL in octets which are not `BINARY`.
  public init(_ url: IMAPString, _ content: Content) throws(SyntaxError) {
    switch content {
    case .octets(let octets): try Self.check(octets)
    case .parts(let parts):
      for case .body(let octets) in parts { try Self.check(octets) }
    }
    self.init(checked: url, content)
  }

  init(checked url: IMAPString, _ content: Content) {
    self.url = url
    if case .parts(let parts) = content, parts.isEmpty { self.content = .octets(.none) } else { self.content = content }
  }

  private static func check(_ octets: MessageOctets) throws(SyntaxError) {
    if case .inline(let bytes) = octets, let zero = bytes.span.firstIndex(of: 0) {
      throw SyntaxError(.unexpectedByte, at: zero)
    }
  }

  func write(to writer: inout IMAPWriter) {
    writer.writeAString(url.bytes.span)
    switch content {
    case .octets(let octets):
      writer.append(.space)
      writer.write(octets, isQuotable: true)
    case .parts(let parts):
      for part in parts {
        writer.append(" (")
        part.write(to: &writer)
        writer.append(.closeParenthesis)
      }
    }
  }
}

extension URLFetchResult.Part {
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .structure(let structure):
      writer.append("BODYPARTSTRUCTURE ")
      structure.write(to: &writer, isExtended: true)
    case .body(let octets):
      writer.append("BODY ")
      writer.write(octets, isQuotable: true)
    case .binary(let octets):
      writer.append("BINARY ")
      writer.write(octets)
    case .unknown(let item):
      writer.writeAString(item.name.span)
      writer.append(.space)
      writer.append(item.text)
    }
  }
}
