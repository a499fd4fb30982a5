@_spi(MailCodec) import MailWire

/// Gathers the text of a preview: words with one space between them, up to 200 characters.
struct PreviewText {
  private(set) var bytes: [UInt8] = []
  private var characters = 0
  private var isBehindSpace = false

  static let limit = 200

  private var isFull: Bool { characters >= Self.limit }

  /// Appends valid UTF-8.
  mutating func append(_ text: Span<UInt8>) {
    for index in text.indices {
      if isFull, text[index] & 0xC0 != 0x80 { return }
      append(text[index])
    }
  }

  /// Appends valid UTF-8 without its tags, and without what is in `<style>`, `<script>` and comments.
  mutating func append(html text: Span<UInt8>) {
    var offset = 0
    while offset < text.count, !isFull {
      switch text[offset] {
      case 60: offset = skipTag(text, offset)
      case 38: offset = appendEntity(text, offset)
      default:
        append(text[offset])
        offset += 1
        while offset < text.count, text[offset] & 0xC0 == 0x80 {
          append(text[offset])
          offset += 1
        }
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if byte <= 32 || byte == 127 {
      isBehindSpace = true
    } else if byte & 0xC0 == 0x80 {
      if !bytes.isEmpty, characters <= Self.limit { bytes.append(byte) }
    } else {
      if isBehindSpace, !bytes.isEmpty {
        // No space without a word behind it.
        guard characters + 2 <= Self.limit else {
          characters = Self.limit + 1
          return
        }
        bytes.append(32)
        characters += 1
      }
      isBehindSpace = false
      bytes.append(byte)
      characters += 1
    }
  }

  private mutating func skipTag(_ text: Span<UInt8>, _ start: Int) -> Int {
    isBehindSpace = true
    if Self.isWord("<style", text, start) { return Self.end(of: "</style", text, start) }
    if Self.isWord("<script", text, start) { return Self.end(of: "</script", text, start) }
    if Self.isWord("<!--", text, start) { return Self.end(of: "-->", text, start) }
    return text.firstIndex(of: 62, from: start).map { $0 + 1 } ?? text.count
  }

  private static func end(of word: StaticString, _ text: Span<UInt8>, _ start: Int) -> Int {
    var offset = start + 1
    while offset < text.count, !isWord(word, text, offset) { offset += 1 }
    return text.firstIndex(of: 62, from: offset).map { $0 + 1 } ?? text.count
  }

  private mutating func appendEntity(_ text: Span<UInt8>, _ start: Int) -> Int {
    let table: [(StaticString, UInt8)] = [
      ("&amp;", 38), ("&lt;", 60), ("&gt;", 62), ("&quot;", 34), ("&#39;", 39), ("&apos;", 39), ("&nbsp;", 32)
    ]
    for (name, byte) in table where Self.isWord(name, text, start) {
      append(byte)
      return start + name.utf8CodeUnitCount
    }
    append(text[start])
    return start + 1
  }

  private static func isWord(_ word: StaticString, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard start + count <= text.count else { return false }
    let letters = unsafe word.utf8Start
    for index in 0..<count where unsafe text[start + index].asciiLowercased != letters[index] { return false }
    return true
  }
}
