@_spi(MailCodec) import MailWire

/// A message or a part of one: what its header says, and where its body is.
struct MessagePart {
  /// How the body is encoded.
  enum Encoding {
    case none, base64, quotedPrintable
  }

  private(set) var contentType: ContentType?
  private(set) var encoding = Encoding.none
  private(set) var autoSubmitted: FieldText?
  /// Where the body is, in the octets that were given.
  private(set) var body: Range<Int>

  /// Reads the header in `range` of `message`.
  init(_ message: Span<UInt8>, _ range: Range<Int>) {
    let bytes = message.extracting(range)
    var fields = HeaderFields(bytes)
    while let field = fields.next() {
      let name = bytes.extracting(field.name)
      let value = bytes.extracting(field.value)
      if contentType == nil, name.isSame(as: "Content-Type") {
        contentType = ContentType(value)
      } else if name.isSame(as: "Content-Transfer-Encoding"), let text = FieldText(value) {
        if text.bytes.span.isSame(as: "base64") { encoding = .base64 }
        if text.bytes.span.isSame(as: "quoted-printable") { encoding = .quotedPrintable }
      } else if autoSubmitted == nil, name.isSame(as: "Auto-Submitted") {
        autoSubmitted = FieldText(value)
      }
    }
    body = (range.lowerBound + fields.offset)..<range.upperBound
  }

  /// The most parts that are looked at.
  static let maximumParts = 32

  /// The parts of a multipart body; [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1). A part that no
  /// delimiter ends goes up to the end of the body.
  func parts(of message: Span<UInt8>, boundary: [UInt8]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var partStart: Int?
    var line = body.lowerBound
    while line < body.upperBound {
      let lineFeed = message.firstIndex(of: .lineFeed, from: line) ?? body.upperBound
      let next = min(lineFeed + 1, body.upperBound)
      defer { line = next }
      guard let isLast = Self.delimiter(message, line..<min(lineFeed, body.upperBound), boundary) else { continue }
      if let start = partStart {
        // The line end in front of a delimiter belongs to it.
        var end = line
        if end > start, message[end - 1] == .lineFeed { end -= 1 }
        if end > start, message[end - 1] == .carriageReturn { end -= 1 }
        parts.append(start..<end)
      }
      partStart = next
      if isLast || parts.count == Self.maximumParts { return parts }
    }
    if let start = partStart, start < body.upperBound { parts.append(start..<body.upperBound) }
    return parts
  }

  /// Whether a line is a delimiter, and then whether it is the last one.
  private static func delimiter(_ message: Span<UInt8>, _ line: Range<Int>, _ boundary: [UInt8]) -> Bool? {
    guard line.count >= boundary.count + 2, message[line.lowerBound] == 45, message[line.lowerBound + 1] == 45 else {
      return nil
    }
    let start = line.lowerBound + 2
    guard message.extracting(start..<(start + boundary.count)).hasSameBytes(as: boundary.span) else { return nil }
    var end = start + boundary.count
    var isLast = false
    if line.upperBound - end >= 2, message[end] == 45, message[end + 1] == 45 {
      isLast = true
      end += 2
    }
    for index in end..<line.upperBound {
      let byte = message[index]
      guard byte == .space || byte == 9 || byte == .carriageReturn else { return nil }
    }
    return isLast
  }

  /// The body without its encoding.
  func decoded(_ message: Span<UInt8>) -> [UInt8] {
    let bytes = message.extracting(body)
    switch encoding {
    case .none: return bytes.copied()
    case .quotedPrintable: return Self.unquoted(bytes)
    case .base64: return Self.decodedBase64(bytes)
    }
  }

  private static func unquoted(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 61 else {
        output.append(byte)
        continue
      }
      if index + 1 < bytes.count, let high = hexadecimal(bytes[index]), let low = hexadecimal(bytes[index + 1]) {
        output.append(high << 4 | low)
        index += 2
      } else if index < bytes.count, bytes[index] == .lineFeed {
        index += 1
      } else if index + 1 < bytes.count, bytes[index] == .carriageReturn, bytes[index + 1] == .lineFeed {
        index += 2
      } else {
        output.append(byte)
      }
    }
    return output
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// Lenient, as [RFC 2045 §6.8](https://www.rfc-editor.org/rfc/rfc2045#section-6.8) demands of readers: what is not of the
  /// alphabet is skipped.
  private static func decodedBase64(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 4 * 3)
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      let value: UInt8
      switch byte {
      case 65...90: value = byte - 65
      case 97...122: value = byte - 71
      case 48...57: value = byte + 4
      case 43: value = 62
      case 47: value = 63
      case 61: return output
      default: continue
      }
      group = group << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        output.append(UInt8(truncatingIfNeeded: group >> bits))
      }
    }
    return output
  }
}
