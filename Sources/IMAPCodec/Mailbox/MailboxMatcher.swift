@_spi(MailCodec) import MailWire

/// A ``MailboxPattern`` made ready to be compared with many names.
///
/// All places in the pattern that the name read so far can have reached are bits of a set, moved on together for each octet
/// of the name. So the time is linear in the name for patterns of up to 63 elements, and grows by one step for each 64 more:
/// there is no pattern that makes it search back and forth.
public struct MailboxMatcher: Sendable {
  /// For each octet, the row of `rows` with the places where the pattern has it; row 0 is empty.
  private var rowOfByte = [UInt16](repeating: 0, count: 256)
  private var rows: [UInt64]
  private var stars: [UInt64]
  private var percents: [UInt64]
  private let words: Int
  private let length: Int
  private let delimiter: UInt8?

  /// A matcher for a pattern.
  ///
  /// - Parameter delimiter: what separates levels; nil where the server has none.
  public init(_ pattern: MailboxPattern, delimiter: UInt8?) {
    let elements = Self.withoutRuns(pattern.bytes)
    length = elements.count
    words = length / 64 + 1
    self.delimiter = delimiter
    rows = [UInt64](repeating: 0, count: words)
    stars = rows
    percents = rows
    for (index, byte) in elements.enumerated() {
      let bit: UInt64 = 1 << UInt64(index % 64)
      switch byte {
      case .asterisk: stars[index / 64] |= bit
      case 37: percents[index / 64] |= bit
      default:
        if rowOfByte[Int(byte)] == 0 {
          rowOfByte[Int(byte)] = UInt16(rows.count / words)
          rows.append(contentsOf: [UInt64](repeating: 0, count: words))
        }
        rows[Int(rowOfByte[Int(byte)]) * words + index / 64] |= bit
      }
    }
  }

  /// The pattern with one wildcard for each run of them: `*` when the run has one.
  private static func withoutRuns(_ pattern: [UInt8]) -> [UInt8] {
    var elements: [UInt8] = []
    for byte in pattern {
      if byte == .asterisk || byte == 37, let last = elements.last, last == .asterisk || last == 37 {
        if byte == .asterisk { elements[elements.count - 1] = byte }
      } else {
        elements.append(byte)
      }
    }
    return elements
  }

  /// Whether the pattern matches the name; letters of either case are the same for ``MailboxName/inbox`` alone.
  public func matches(_ name: MailboxName) -> Bool {
    let isInbox = name.isInbox
    var places = [UInt64](repeating: 0, count: words)
    places[0] = 1
    passWildcards(&places)
    for byte in name.bytes {
      let row = Int(rowOfByte[Int(byte)]) * words
      let other = isInbox ? Int(rowOfByte[Int(byte.asciiLowercased)]) * words : row
      var carry: UInt64 = 0
      for word in 0..<words {
        let moving = places[word] & (rows[row + word] | rows[other + word])
        let staying = places[word] & (byte == delimiter ? stars[word] : stars[word] | percents[word])
        places[word] = moving << 1 | carry | staying
        carry = moving >> 63
      }
      passWildcards(&places)
    }
    return places[length / 64] >> UInt64(length % 64) & 1 == 1
  }

  /// A wildcard may match nothing; no two stand side by side, so one step is enough.
  private func passWildcards(_ places: inout [UInt64]) {
    var carry: UInt64 = 0
    for word in 0..<words {
      let moving = places[word] & (stars[word] | percents[word])
      places[word] |= moving << 1 | carry
      carry = moving >> 63
    }
  }
}
