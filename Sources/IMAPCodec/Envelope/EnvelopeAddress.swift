@_spi(MailCodec) public import MailWire

/// An address of an ``MessageEnvelope``, or one end of a group of addresses.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). All four parts are octets as the message has them,
/// RFC 2047 encoded words included. ``MessageEnvelope/entries(of:)`` puts groups together.
///
///     ("Susan Smith" NIL "susan" "website.test")
public struct EnvelopeAddress: Hashable, Sendable {
  /// The display name.
  public let name: [UInt8]?
  /// The source route of [RFC 5322 §4.4](https://www.rfc-editor.org/rfc/rfc5322#section-4.4), nearly always nil.
  public let sourceRoute: [UInt8]?
  /// The local part; the name of a group when ``host`` is nil; nil at the end of a group.
  public let mailbox: [UInt8]?
  /// The domain; nil at either end of a group.
  public let host: [UInt8]?

  /// An address from its parts.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL, which no IMAP string may hold.
  public init(
    name: [UInt8]? = nil, sourceRoute: [UInt8]? = nil, mailbox: [UInt8]?, host: [UInt8]?
  ) throws(SyntaxError) {
    for part in [name, sourceRoute, mailbox, host] {
      if let part, let zero = part.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: zero) }
    }
    self.name = name
    self.sourceRoute = sourceRoute
    self.mailbox = mailbox
    self.host = host
  }

  /// The address of a view, copied.
  public init(_ view: EnvelopeAddressView) {
    name = view.layout.copy(view.base)
    sourceRoute = view.layout.copy(view.base &+ 1)
    mailbox = view.layout.copy(view.base &+ 2)
    host = view.layout.copy(view.base &+ 3)
  }

  /// ``mailbox`` without the angle bracket that some servers leave before it; nil at either end of a group.
  public var localPart: [UInt8]? {
    guard let mailbox, host != nil else { return nil }
    return mailbox.count > 1 && mailbox[0] == .lessThan ? [UInt8](mailbox.dropFirst()) : mailbox
  }

  /// ``host`` without the angle bracket that some servers leave behind it; nil, too, for what stands for a missing host, such
  /// as `MISSING_DOMAIN`.
  public var domain: [UInt8]? {
    guard let host, !EnvelopeAddressView.isPlaceholder(host.span) else { return nil }
    return host.count > 1 && host.last == .greaterThan ? [UInt8](host.dropLast()) : host
  }

  /// The beginning of a group: `(NIL NIL "group name" NIL)`.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL.
  public static func groupStart(_ name: [UInt8]) throws(SyntaxError) -> EnvelopeAddress {
    try EnvelopeAddress(mailbox: name, host: nil)
  }

  /// The end of a group: `(NIL NIL NIL NIL)`.
  public static var groupEnd: EnvelopeAddress { EnvelopeAddress() }

  private init() {
    name = nil
    sourceRoute = nil
    mailbox = nil
    host = nil
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.writeNString(name?.span)
    writer.append(.space)
    writer.writeNString(sourceRoute?.span)
    writer.append(.space)
    writer.writeNString(mailbox?.span)
    writer.append(.space)
    writer.writeNString(host?.span)
    writer.append(.closeParenthesis)
  }
}
