/// The text of a message, read in any place: each line ends with CRLF, whatever the file has.
final class MessageContent {
  /// The octets of the text.
  let size: UInt64
  private let file: Descriptor
  private let octets: UInt64
  /// Where the file has lonely line feeds: offsets of portions in the text and in the file; empty when it has none.
  private var marks: [Mark] = []

  private struct Mark {
    let text: UInt64
    let file: UInt64
    /// Whether the octet before is a CR.
    let isBehindReturn: Bool
  }

  private static let portion = 1 << 16

  /// Opens a file.
  ///
  /// - Parameter size: the octets of the text where they are known; when the file has as many, nobody needs to count.
  init(_ path: String, size known: UInt64?) throws(SystemError) {
    let file = try Files.openToRead(path)
    octets = file.octets
    if known == octets {
      size = octets
      self.file = file
      return
    }
    var text: UInt64 = 0
    var offset: UInt64 = 0
    var isBehindReturn = false
    var marks: [Mark] = []
    while offset < octets {
      marks.append(Mark(text: text, file: offset, isBehindReturn: isBehindReturn))
      let part = try file.part(Self.portion, at: offset)
      if part.isEmpty { break }
      for byte in part {
        if byte == 10, !isBehindReturn { text += 1 }
        isBehindReturn = byte == 13
      }
      text += UInt64(part.count)
      offset += UInt64(part.count)
    }
    size = text
    self.marks = text == octets ? [] : marks
    self.file = file
  }

  /// Octets of the text; fewer than `count` only at its end.
  func read(_ count: Int, at offset: UInt64) throws(SystemError) -> [UInt8] {
    guard offset < size, count > 0 else { return [] }
    let count = Int(min(UInt64(count), size - offset))
    if marks.isEmpty { return try file.part(count, at: offset) }
    var lower = 0
    var upper = marks.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if marks[middle].text <= offset { lower = middle } else { upper = middle }
    }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var place = marks[lower].text
    var source = marks[lower].file
    var isBehindReturn = marks[lower].isBehindReturn
    while result.count < count {
      let part = try file.part(Self.portion, at: source)
      if part.isEmpty { break }
      source += UInt64(part.count)
      for byte in part {
        if byte == 10, !isBehindReturn {
          if place >= offset, result.count < count { result.append(13) }
          place += 1
        }
        if place >= offset, result.count < count { result.append(byte) }
        place += 1
        isBehindReturn = byte == 13
      }
    }
    return result
  }

  /// The octets up to the empty line behind the header, with it.
  func header() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      var index = max(0, bytes.count - 3)
      let more = try read(1 << 14, at: UInt64(bytes.count))
      bytes += more
      if bytes.starts(with: [13, 10]) { return [13, 10] }
      while index + 4 <= bytes.count {
        if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
          return [UInt8](bytes[..<(index + 4)])
        }
        index += 1
      }
      if more.isEmpty { return bytes }
    }
  }
}
