@_spi(MailCodec) import MailWire

/// Text of header fields beyond ASCII, in encoded words.
///
/// [RFC 2047](https://www.rfc-editor.org/rfc/rfc2047)
///
///     Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?iso-8859-1?B?S/ZsbiE=?=
public enum EncodedWords {
  /// The text of a field as valid UTF-8 in one line: folds undone, encoded words decoded, spaces between two encoded words
  /// dropped.
  ///
  /// A word that is malformed or has a charset which nobody knows stays as it is. Octets of neighbours with the same charset
  /// are joined before they are decoded, since some mailers cut characters in two.
  public static func decoded(_ value: Span<UInt8>, charsets: Charsets = .builtIn) -> [UInt8] {
    let line = HeaderText.unfolded(value)
    let text = line.span
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    // What was read of encoded words, and the text from the first of them on, should it be needed as it is.
    var pending = PendingWords()
    var plainStart = 0
    var offset = 0
    while let mark = text.firstIndex(of: .equals, from: offset) {
      guard let word = EncodedWord(text, at: mark) else {
        offset = mark + 1
        continue
      }
      if pending.isEmpty || !isBlank(text, plainStart..<mark) {
        pending.flush(text, charsets, into: &output)
        append(text, plainStart..<mark, to: &output)
      } else if !word.charset(in: text).hasSameLetters(as: text.extracting(pending.charset)) {
        pending.flush(text, charsets, into: &output)
      }
      pending.append(word, text, at: mark)
      offset = word.end
      plainStart = offset
    }
    pending.flush(text, charsets, into: &output)
    append(text, plainStart..<text.count, to: &output)
    return output
  }

  /// Appends text that is not encoded: UTF-8 since RFC 6532, anything before.
  private static func append(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    output.append(contentsOf: UTF8Text.repaired(text.extracting(range)))
  }

  private static func isBlank(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where !text[index].isFieldSpace { return false }
    return true
  }
}

/// Encoded words of one charset that follow one another.
private struct PendingWords {
  private(set) var charset = 0..<0
  private var octets: [UInt8] = []
  private var range = 0..<0

  var isEmpty: Bool { range.isEmpty }

  mutating func append(_ word: EncodedWord, _ text: Span<UInt8>, at start: Int) {
    range = (isEmpty ? start : range.lowerBound)..<word.end
    charset = word.charset
    word.decode(text, into: &octets)
  }

  mutating func flush(_ text: Span<UInt8>, _ charsets: Charsets, into output: inout [UInt8]) {
    guard !isEmpty else { return }
    let decoded =
      charsets.utf8(octets.span, charset: text.extracting(charset)) ?? UTF8Text.repaired(text.extracting(range))
    // A line end or NUL that was encoded would begin another field in whatever the text is written to.
    for byte in decoded where byte != 0 { output.append(byte == .carriageReturn || byte == .lineFeed ? .space : byte) }
    octets.removeAll(keepingCapacity: true)
    range = 0..<0
  }
}
