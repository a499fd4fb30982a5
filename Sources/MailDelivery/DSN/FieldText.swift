@_spi(MailCodec) import MailWire
public import SMTPCodec

/// Text of a report's field: one line, whatever it was made from.
///
/// Tabs become spaces, other control characters question marks, spaces at the ends go; a run of more than about 850 octets
/// gets a space, so that every line can be folded, and what exceeds 8192 octets is cut off.
public struct FieldText: Hashable, Sendable, CustomStringConvertible {
  /// The octets.
  public let bytes: [UInt8]

  /// The most octets that are kept.
  public static let maximumLength = 8192

  /// Text of these octets; nil when nothing is left of them.
  public init?(_ octets: Span<UInt8>) {
    var text: [UInt8] = []
    text.reserveCapacity(min(octets.count, Self.maximumLength))
    var run = 0
    var isBehindLineEnd = false
    for index in octets.indices {
      guard text.count < Self.maximumLength - 2 else { break }
      let byte = octets[index]
      let isSpace = byte == .space || byte == 9 || byte == .carriageReturn || byte == .lineFeed
      if isSpace, text.isEmpty { continue }
      if isSpace, byte != .space, byte != 9 {
        isBehindLineEnd = true
        continue
      }
      // A line end in front of a space is a fold; any other one separates words, too.
      if isBehindLineEnd, !isSpace {
        text.append(.space)
        run = 0
      }
      isBehindLineEnd = false
      // As many columns as the octet may take once it is escaped.
      let width = byte > 126 ? 4 : byte == 43 || byte == 61 || byte == 92 ? 6 : 1
      run = isSpace ? 0 : run + width
      if run > 850 {
        text.append(.space)
        run = width
      }
      text.append(isSpace ? .space : byte.isASCIIControl ? 63 : byte)
    }
    while text.last == .space { text.removeLast() }
    guard !text.isEmpty else { return nil }
    bytes = text
  }

  /// Text of a string; nil when nothing is left of it.
  public init?(_ text: String) {
    let bytes = [UInt8](text.utf8)
    self.init(bytes.span)
  }

  /// The text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// A text of which a keyword says what it is: an address, a server's name, a diagnostic.
///
/// [RFC 3464 §2.1.2](https://www.rfc-editor.org/rfc/rfc3464#section-2.1.2).
///
///     Final-Recipient: rfc822; robert@domain.test
public struct TypedText: Hashable, Sendable, CustomStringConvertible {
  /// The keyword, in lower case: `rfc822`, `utf-8`, `dns`, `smtp`…; empty when a report that was read had none.
  public let type: [UInt8]
  /// The text.
  public let text: FieldText

  /// A typed text; nil when the type is no atom or nothing is left of the text.
  public init?(_ type: String, _ text: Span<UInt8>) {
    let type = [UInt8](type.utf8)
    self.init(type: type.span, text)
  }

  init?(type: Span<UInt8>, _ text: Span<UInt8>) {
    guard !type.isEmpty, type.count <= 64, let text = FieldText(text) else { return nil }
    var lowered: [UInt8] = []
    for index in type.indices {
      let byte = type[index]
      guard byte.isASCIIGraphic, byte != 59, byte != 58, byte != 40, byte != 41 else { return nil }
      lowered.append(byte.asciiLowercased)
    }
    self.type = lowered
    self.text = text
  }

  /// Reads `type; text`, or a text alone.
  init?(field value: Span<UInt8>) {
    if let semicolon = value.firstIndex(of: 59) {
      let head = value.extracting(first: semicolon)
      if let type = FieldText(head),
        let typed = TypedText(type: type.bytes.span, value.extracting(droppingFirst: semicolon + 1))
      {
        self = typed
        return
      }
    }
    guard let text = FieldText(value) else { return nil }
    type = []
    self.text = text
  }

  private init(_ type: StaticString, unchecked text: [UInt8]) {
    var output = OutboundBuffer()
    output.append(type)
    self.type = output.bytes.copied()
    self.text = FieldText(text.span) ?? FieldText.unknown
  }

  /// The address of a mailbox.
  public init(_ mailbox: Mailbox) { self.init("rfc822", unchecked: mailbox.bytes) }

  /// The address that the sender wrote.
  public init(_ recipient: OriginalRecipient) {
    self =
      TypedText(type: recipient.type.span, recipient.address.span) ?? TypedText("unknown", unchecked: recipient.address)
  }

  /// The name of a server.
  public init(_ name: Domain) { self.init("dns", unchecked: name.bytes) }

  /// The reply of a server, each of its lines with its code;
  /// [RFC 3461 §9.2](https://www.rfc-editor.org/rfc/rfc3461#section-9.2).
  public init(_ reply: SMTPReply) {
    var output = OutboundBuffer()
    let lines = reply.lines
    for (index, line) in lines.enumerated() {
      if index > 0 { output.append(.space) }
      output.append(decimal: UInt64(reply.code.number))
      output.append(index == lines.count - 1 ? .space : 45)
      if let status = reply.status {
        output.append([UInt8](status.description.utf8))
        output.append(.space)
      }
      output.append(line.span)
    }
    self.init("smtp", unchecked: output.bytes.copied())
  }

  /// The mailbox that the text names, angle brackets aside; nil when it names none.
  public var mailbox: Mailbox? {
    var bytes = text.bytes[...]
    if bytes.first == 60, bytes.last == 62 { bytes = bytes.dropFirst().dropLast() }
    return try? Mailbox(bytes.span, quirks: .lenient)
  }

  /// Type and text as a field has them.
  public var description: String {
    (type.isEmpty ? "" : String(decoding: type, as: UTF8.self) + "; ") + text.description
  }
}

extension FieldText {
  static var unknown: FieldText { FieldText(unchecked: [117, 110, 107, 110, 111, 119, 110]) }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}
