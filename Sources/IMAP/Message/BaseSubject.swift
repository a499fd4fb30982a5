public import MailMessage
@_spi(MailCodec) import MailWire

/// A subject without what replies and forwards put around it: by it messages are sorted and put into threads.
///
/// [RFC 5256 §2.1](https://www.rfc-editor.org/rfc/rfc5256#section-2.1)
///
///     Subject: Re: [list] [Fwd: lunch] (fwd)     →  lunch
public struct BaseSubject: Hashable, Sendable {
  /// The text that is left, as UTF-8; empty when nothing is.
  public let text: [UInt8]
  /// Something said that the message answers or forwards another.
  public let isReply: Bool

  /// Reads the value of a Subject field, encoded words included.
  public init(_ value: Span<UInt8>, charsets: Charsets = .builtIn) {
    var scanner = Scanner(Self.collapsed(EncodedWords.decoded(value, charsets: charsets)))
    scanner.run()
    text = scanner.rest
    isReply = scanner.isReply
  }

  /// The text with one space for each run of blanks.
  private static func collapsed(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text {
      let isBlank = byte == 32 || byte == 9
      if !isBlank || output.last != 32 { output.append(isBlank ? 32 : byte) }
    }
    return output
  }

  /// Narrows the text from both ends. Each octet is looked at a constant number of times: blobs that no `Re:` follows are passed
  /// over together.
  private struct Scanner {
    private let text: [UInt8]
    private var low = 0
    private var high: Int
    private(set) var isReply = false

    init(_ text: [UInt8]) {
      self.text = text
      high = text.count
    }

    var rest: [UInt8] { [UInt8](text[low..<high]) }

    mutating func run() {
      repeat {
        dropTrailers()
        dropLeaders()
      } while dropForward()
    }

    /// `"(fwd)" / WSP` at the end.
    private mutating func dropTrailers() {
      while high > low {
        if text[high - 1] == 32 {
          high -= 1
        } else if high - low >= 5, isWord("(fwd)", at: high - 5) {
          high -= 5
          isReply = true
        } else {
          return
        }
      }
    }

    /// `*subj-blob subj-refwd / WSP`, and a blob as long as something is left.
    private mutating func dropLeaders() {
      while low < high {
        if text[low] == 32 {
          low += 1
          continue
        }
        var lastBlob: Int?
        var end = low
        while let next = blobEnd(end) {
          lastBlob = end
          end = next
        }
        if let next = replyEnd(end) {
          low = next
          isReply = true
        } else {
          if let lastBlob { low = end == high ? lastBlob : end }
          return
        }
      }
    }

    /// `"[fwd:" … "]"` around all that is left.
    private mutating func dropForward() -> Bool {
      guard high - low >= 6, isWord("[fwd:", at: low), text[high - 1] == 93 else { return false }
      low += 5
      high -= 1
      isReply = true
      return true
    }

    /// Behind `"[" *BLOBCHAR "]" *WSP`; nil when there is none.
    private func blobEnd(_ start: Int) -> Int? {
      guard start < high, text[start] == 91 else { return nil }
      var end = start + 1
      while end < high, text[end] != 91, text[end] != 93 { end += 1 }
      guard end < high, text[end] == 93 else { return nil }
      return spaceEnd(end + 1)
    }

    /// Behind `("re" / "fw" / "fwd") *WSP [subj-blob] ":"`; nil when there is none.
    private func replyEnd(_ start: Int) -> Int? {
      var end = start
      if isWord("fwd", at: start) {
        end += 3
      } else if isWord("re", at: start) || isWord("fw", at: start) {
        end += 2
      } else {
        return nil
      }
      end = spaceEnd(end)
      end = blobEnd(end) ?? end
      return end < high && text[end] == 58 ? end + 1 : nil
    }

    private func spaceEnd(_ start: Int) -> Int {
      var end = start
      while end < high, text[end] == 32 { end += 1 }
      return end
    }

    private func isWord(_ word: StaticString, at start: Int) -> Bool {
      let count = word.utf8CodeUnitCount
      guard start + count <= high else { return false }
      let letters = unsafe word.utf8Start
      for index in 0..<count where unsafe text[start + index].asciiLowercased != letters[index] { return false }
      return true
    }
  }
}
