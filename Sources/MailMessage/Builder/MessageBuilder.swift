@_spi(MailCodec) import MailWire

/// Writes a well-formed message, or a part of one: header folded at 78 columns, ASCII lines that no relay changes.
///
/// [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322), [RFC 2045](https://www.rfc-editor.org/rfc/rfc2045)
///
///     var message = MessageBuilder(text: "Grüße!")
///     message.add("Subject", FieldValue(text: "Aus Köln"))
///     let both = MessageBuilder(multipart: "mixed", [message, MessageBuilder(attachment: pdf, "a.pdf", "application/pdf")])
///     let bytes = both.bytes
public struct MessageBuilder: Hashable, Sendable {
  private var header: [UInt8] = []
  private var content: [UInt8] = []

  /// A part with text, in UTF-8.
  public init(text: String, subtype: String = "plain") {
    write("Content-Type", FieldValue(token: "text/" + subtype, parameters: [("charset", "utf-8")]))
    let text = [UInt8](text.utf8)
    var encoder = QuotedPrintableEncoder()
    encoder.encode(text.span, into: &content)
    encoder.finish(into: &content)
    // Text that the encoding leaves as it is needs none.
    if TransferDecoder.decode(content.span, .quotedPrintable) != content {
      write("Content-Transfer-Encoding", FieldValue(token: "quoted-printable"))
    }
  }

  /// A part with octets in base64, to be saved under a name.
  public init(attachment octets: Span<UInt8>, _ name: String, _ type: String = "application/octet-stream") {
    write("Content-Type", FieldValue(token: type))
    write("Content-Disposition", FieldValue(token: "attachment", parameters: [("filename", name)]))
    write("Content-Transfer-Encoding", FieldValue(token: "base64"))
    var encoder = Base64Encoder()
    encoder.encode(octets, into: &content)
    encoder.finish(into: &content)
  }

  /// A multipart; its boundary is made so that no part has it.
  ///
  /// - Parameter subtype: `mixed`, `alternative`, `related`…
  public init(multipart subtype: String, _ parts: [MessageBuilder]) {
    let texts = parts.map { $0.partBytes }
    var number = 0
    var boundary: [UInt8]
    repeat {
      number += 1
      boundary = [UInt8]("=_\(texts.count).\(number)".utf8)
    } while texts.contains { Self.has($0, boundary) }
    write(
      "Content-Type",
      FieldValue(token: "multipart/" + subtype, parameters: [("boundary", String(decoding: boundary, as: UTF8.self))]))
    for text in texts { content += [.hyphen, .hyphen] + boundary + [13, 10] + text + [13, 10] }
    content += [.hyphen, .hyphen] + boundary + [.hyphen, .hyphen, 13, 10]
  }

  /// Adds a field to the header, such as From, Date or Subject. What is no field name in `name` is left out, and nothing is added
  /// when nothing is left of it.
  public mutating func add(_ name: String, _ value: FieldValue) { write(name, value) }

  /// The message: header, MIME-Version, body.
  public var bytes: [UInt8] {
    let isEnded = content.isEmpty || content.last == .lineFeed
    return header + [UInt8]("MIME-Version: 1.0\r\n\r\n".utf8) + content + (isEnded ? [] : [13, 10])
  }

  private var partBytes: [UInt8] { header + [13, 10] + content }

  private mutating func write(_ name: String, _ value: FieldValue) {
    let name = [UInt8](name.utf8).filter { $0.isASCIIGraphic && $0 != .colon }
    guard !name.isEmpty else { return }
    header += name
    header.append(.colon)
    var column = name.count + 1
    for (index, word) in value.words.enumerated() {
      // A first word on a line of its own would leave one with nothing behind the colon.
      if index > 0, column + 1 + word.count > 78 {
        header += [13, 10]
        column = 0
      }
      header.append(.space)
      header += word
      column += 1 + word.count
    }
    header += [13, 10]
  }

  /// Whether a line of a text begins with two hyphens and the boundary.
  private static func has(_ text: [UInt8], _ boundary: [UInt8]) -> Bool {
    var start = 0
    while start < text.count {
      if text[start] == .hyphen, text[start...].starts(with: [.hyphen, .hyphen] + boundary) { return true }
      guard let lineFeed = text.span.firstIndex(of: .lineFeed, from: start) else { return false }
      start = lineFeed + 1
    }
    return false
  }
}
