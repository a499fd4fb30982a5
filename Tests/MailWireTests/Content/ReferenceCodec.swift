import MailTestKit
import MailWire

/// The same rules once more, a byte at a time and slow: what the vectorised code must agree with.
enum Reference {
  /// Decodes dot-stuffed text.
  static func decode(
    _ wire: [UInt8], _ policy: LineEndingPolicy
  ) -> (text: [UInt8], read: Int, ended: Bool, irregularities: ContentIrregularities) {
    var text: [UInt8] = []
    var line: [UInt8] = []
    var read = 0
    var ended = false
    for byte in wire {
      line.append(byte)
      read += 1
      guard line.suffix(2) == [13, 10] else { continue }
      if line == [46, 13, 10] {
        ended = true
        line = []
        break
      }
      text += line.first == 46 ? line.dropFirst() : line[...]
      line = []
    }
    // The unfinished line: a CR behind its only dot may yet end the text, and is held back.
    if line != [46, 13] { text += line.first == 46 ? line.dropFirst() : line[...] }
    let (normal, irregularities) = normalise(text)
    return (policy == .normalise ? normal : text, read, ended, irregularities)
  }

  private static func normalise(_ text: [UInt8]) -> ([UInt8], ContentIrregularities) {
    var output: [UInt8] = []
    var found: ContentIrregularities = []
    for (index, byte) in text.enumerated() {
      switch byte {
      case 13:
        output.append(13)
        if index + 1 < text.count, text[index + 1] != 10 {
          found.insert(.bareCarriageReturn)
          output.append(10)
        }
      case 10:
        if index == 0 || text[index - 1] != 13 {
          found.insert(.bareLineFeed)
          output.append(13)
        }
        output.append(10)
      case 0:
        found.insert(.null)
      default:
        output.append(byte)
      }
    }
    return (output, found)
  }

  /// The lines of a text, where CRLF, CR and LF each end one; the last may lack an ending.
  static func canonical(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == 13 {
        output += [13, 10]
        if index < text.count, text[index] == 10 { index += 1 }
      } else if byte == 10 {
        output += [13, 10]
      } else {
        output.append(byte)
      }
    }
    if !output.isEmpty, output.suffix(2) != [13, 10] { output += [13, 10] }
    return output
  }

  /// Encodes text with its final dot.
  static func encode(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var isLineStart = true
    for byte in canonical(text) {
      if isLineStart, byte == 46 { output.append(46) }
      output.append(byte)
      isLineStart = byte == 10
    }
    return output + [46, 13, 10]
  }
}

extension SplitMix64 {
  /// Mostly letters with a special byte here and there, so that the searches run over whole vectors.
  mutating func sparseBytes(count: Int) -> [UInt8] {
    (0..<count).map { _ in
      switch below(24) {
      case 0: 13
      case 1: 10
      case 2: 46
      case 3: below(4) == 0 ? 0 : 13
      default: 97
      }
    }
  }
}
