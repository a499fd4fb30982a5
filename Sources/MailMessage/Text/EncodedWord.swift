@_spi(MailCodec) import MailWire

/// One encoded word: `=?charset?encoding?text?=`.
///
/// [RFC 2047 §2](https://www.rfc-editor.org/rfc/rfc2047#section-2). Words longer than 75 characters, and spaces in a Q word, are
/// taken, because mailers write them; the charset may have the language of RFC 2231 §5, which is dropped.
struct EncodedWord {
  /// Where the charset's name is.
  let charset: Range<Int>
  /// Behind the word.
  let end: Int
  private let isBase64: Bool
  private let content: Range<Int>

  /// More characters are no word.
  private static let maximumLength = 4096
  private static let maximumCharset = 100

  /// The word that begins at an offset, at which an equals sign is.
  init?(_ text: Span<UInt8>, at start: Int) {
    let limit = min(text.count, start + Self.maximumLength)
    var offset = start + 1
    guard offset < limit, text[offset] == .question else { return nil }
    offset += 1
    let charsetStart = offset
    var charsetEnd: Int?
    while offset < limit, offset - charsetStart <= Self.maximumCharset, text[offset] != .question {
      guard text[offset].isASCIIGraphic else { return nil }
      if text[offset] == .asterisk, charsetEnd == nil { charsetEnd = offset }
      offset += 1
    }
    charset = charsetStart..<(charsetEnd ?? offset)
    guard !charset.isEmpty, offset + 2 < limit, text[offset] == .question, text[offset + 2] == .question else {
      return nil
    }
    switch text[offset + 1] {
    case 66, 98: isBase64 = true
    case 81, 113: isBase64 = false
    default: return nil
    }
    offset += 3
    let contentStart = offset
    while offset + 1 < limit, text[offset] != .question {
      guard text[offset].isASCIIPrintable || text[offset] > 127, !isBase64 || text[offset] != .space else { return nil }
      offset += 1
    }
    // Question marks at the end of Q text are an error that mailers make.
    while !isBase64, offset + 1 < limit, text[offset + 1] == .question { offset += 1 }
    guard offset + 1 < limit, text[offset] == .question, text[offset + 1] == .equals else { return nil }
    content = contentStart..<offset
    end = offset + 2
  }

  /// The name of the charset.
  @_lifetime(copy text)
  func charset(in text: Span<UInt8>) -> Span<UInt8> { text.extracting(charset) }

  /// Appends the octets that the word stands for.
  func decode(_ text: Span<UInt8>, into output: inout [UInt8]) {
    guard !isBase64 else {
      var decoder = Base64Decoder()
      return decoder.decode(text.extracting(content), into: &output)
    }
    var offset = content.lowerBound
    while offset < content.upperBound {
      let byte = text[offset]
      offset += 1
      if byte == .equals, offset + 1 < content.upperBound, let high = text[offset].hexadecimalValue,
        let low = text[offset + 1].hexadecimalValue
      {
        output.append(high << 4 | low)
        offset += 2
      } else {
        output.append(byte == .underscore ? .space : byte)
      }
    }
  }
}
