@_spi(MailCodec) import MailWire

/// The value of a header field that is being written: words between which it may be folded.
///
/// Whatever it is made from, no line end gets in.
///
///     FieldValue(text: "Grüße aus Köln")   // =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=
public struct FieldValue: Hashable, Sendable {
  /// Words without spaces and line ends, in ASCII.
  private(set) var words: [[UInt8]] = []

  private init(words: [[UInt8]]) { self.words = words }

  /// Unstructured text, such as a subject; what is not ASCII becomes encoded words.
  public init(text: String) { words = Self.words(of: [UInt8](text.utf8)) }

  /// Text that is written as it is, such as a date or message ids; what is not visible ASCII separates words.
  public init(token: String) { words = [UInt8](token.utf8).split { !$0.isASCIIGraphic }.map { [UInt8]($0) } }

  /// Addresses with their names.
  ///
  /// - Parameter addresses: local part and domain must be ASCII; other octets become question marks.
  public init(_ addresses: [MessageAddress]) {
    for (index, address) in addresses.enumerated() {
      var spec = Self.localPart(address.localPart)
      if let domain = address.domain {
        spec += [.at] + domain.map { $0.isASCIIGraphic && $0 != .greaterThan ? $0 : .question }
      }
      if let name = address.name, !name.isEmpty {
        words += Self.phrase(name)
        spec = [.lessThan] + spec + [.greaterThan]
      }
      if index < addresses.count - 1 { spec.append(.comma) }
      words.append(spec)
    }
  }

  /// A value with parameters: `attachment; filename=…`. Values beyond ASCII, and long ones, take the form of RFC 2231.
  public init(token: String, parameters: [(name: String, value: String)]) {
    self.init(token: token)
    for (name, value) in parameters {
      if !words.isEmpty { words[words.count - 1].append(.semicolon) }
      let name = [UInt8](name.utf8).filter { $0.isASCIILetterOrDigit || $0 == .hyphen }
      let value = [UInt8](value.utf8)
      let isPlain = value.count <= 60 && value.allSatisfy { $0.isASCIIPrintable }
      words += isPlain ? [name + [.equals] + Self.quoted(value)] : Self.pieces(name, value)
    }
  }

  /// The words of text: as they are while they are ASCII and no encoded words, encoded together otherwise.
  private static func words(of text: [UInt8]) -> [[UInt8]] {
    let plain = text.split { $0.isFieldSpace }.map { [UInt8]($0) }
    let isPlain = plain.allSatisfy { word in
      word.count <= maximumWord && word.allSatisfy { $0.isASCIIGraphic } && !(word.starts(with: [.equals, .question]))
    }
    return isPlain ? plain : encodedWords(text)
  }

  /// So long that any field of RFC 5322 and RFC 2045 has room for one in its first line; encoded words may have 75.
  private static let maximumWord = 56

  /// Encoded words that end between characters.
  private static func encodedWords(_ text: [UInt8]) -> [[UInt8]] {
    let start = [UInt8]("=?utf-8?Q?".utf8)
    var words: [[UInt8]] = []
    var word = start
    let span = text.span
    var offset = 0
    while offset < span.count {
      let (length, isGood) = UTF8Text.sequence(span, at: offset)
      var character: [UInt8] = []
      for byte in isGood ? [UInt8](text[offset..<(offset + length)]) : [.question] {
        if byte.isASCIILetterOrDigit {
          character.append(byte)
        } else {
          let isSpace = byte.isFieldSpace
          character +=
            isSpace ? [.underscore] : [.equals, HexadecimalDigits.digit(byte >> 4), HexadecimalDigits.digit(byte & 15)]
        }
      }
      if word.count + character.count > maximumWord - 2 {
        words.append(word + [.question, .equals])
        word = start
      }
      word += character
      offset += length
    }
    if word.count > start.count { words.append(word + [.question, .equals]) }
    return words
  }

  /// A display name: words, a quoted string, or encoded words.
  private static func phrase(_ name: [UInt8]) -> [[UInt8]] {
    let words = words(of: name)
    let isEncoded = words.first?.starts(with: [.equals, .question]) == true
    if isEncoded || words.allSatisfy({ $0.allSatisfy { $0.isASCIILetterOrDigit || $0 == .hyphen } }) { return words }
    let text = [UInt8](words.joined(separator: [.space]))
    return quoted(text).split(separator: .space).map { [UInt8]($0) }
  }

  private static func localPart(_ text: [UInt8]) -> [UInt8] {
    let clean = text.map { $0.isASCIIPrintable ? $0 : .question }
    let isPlain = !clean.isEmpty && clean.first != .dot && clean.last != .dot && clean.allSatisfy { $0.isWord }
    return isPlain ? clean : quoted(clean)
  }

  /// A quoted string of printable ASCII.
  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    var quoted: [UInt8] = [.quote]
    for byte in text {
      if byte == .quote || byte == .backslash { quoted.append(.backslash) }
      quoted.append(byte)
    }
    quoted.append(.quote)
    return quoted
  }

  /// `name*0*=utf-8''…; name*1*=…`, [RFC 2231 §3](https://www.rfc-editor.org/rfc/rfc2231#section-3).
  private static func pieces(_ name: [UInt8], _ value: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    func start() -> [UInt8] {
      name + [.asterisk] + [UInt8](String(pieces.count).utf8) + [.asterisk, .equals]
        + (pieces.isEmpty ? [UInt8]("utf-8''".utf8) : [])
    }
    var piece = start()
    for byte in value {
      if piece.count > 70 {
        pieces.append(piece + [.semicolon])
        piece = start()
      }
      piece +=
        byte.isASCIILetterOrDigit || byte == .dot || byte == .hyphen
        ? [byte] : [.percent, HexadecimalDigits.digit(byte >> 4), HexadecimalDigits.digit(byte & 15)]
    }
    return pieces + [piece]
  }
}
