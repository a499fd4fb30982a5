@_spi(MailCodec) import MailWire

/// What the library wrote, as a tree of atoms, strings and lists: it shows whatever has no description of its own.
enum IMAPOutline {
  /// Lists in lists, and so on, that are shown as a tree; deeper ones are shown as text.
  private static let deepest = 100

  /// The elements of a command or response behind its first words.
  static func details(of octets: [UInt8], droppingWords words: Int) -> [Detail] {
    var end = octets.count
    while end > 0, octets[end - 1] == .lineFeed || octets[end - 1] == .carriageReturn { end -= 1 }
    var cursor = ByteCursor(octets.span.extracting(first: end))
    for _ in 0..<words {
      _ = cursor.take { $0 != .space }
      _ = cursor.skip(.space)
    }
    return elements(&cursor, depth: 0)
  }

  @_lifetime(cursor: copy cursor)
  private static func elements(_ cursor: inout ByteCursor, depth: Int) -> [Detail] {
    var elements: [Detail] = []
    while let byte = cursor.next, byte != 41 {
      if cursor.skip(.space) { continue }
      elements.append(element(&cursor, depth: depth))
    }
    return elements
  }

  @_lifetime(cursor: copy cursor)
  private static func element(_ cursor: inout ByteCursor, depth: Int) -> Detail {
    switch cursor.next {
    case 40 where depth < deepest:
      _ = cursor.skip(40)
      let list = elements(&cursor, depth: depth + 1)
      _ = cursor.skip(41)
      return inlined(list)
    case 34: return Detail("string", octets: quoted(&cursor))
    case 123, 126:
      if let literal = literal(&cursor) { return Detail("literal", literal) }
      return Detail("atom", octets: atom(&cursor))
    default:
      let text = atom(&cursor)
      let isNumber = text.allSatisfy { $0.isASCIIDigit }
      return Detail(isNumber ? "number" : "atom", octets: text)
    }
  }

  /// A list of atoms and numbers in one line.
  private static func inlined(_ list: [Detail]) -> Detail {
    guard list.allSatisfy({ $0.name == "atom" || $0.name == "number" }) else { return Detail("list", "", list) }
    return Detail("list", "(" + list.map(\.text).joined(separator: " ") + ")")
  }

  @_lifetime(cursor: copy cursor)
  private static func quoted(_ cursor: inout ByteCursor) -> [UInt8] {
    var text: [UInt8] = []
    _ = cursor.skip(34)
    while let byte = cursor.next, byte != 34 {
      cursor.offset += 1
      if byte == 92, let escaped = cursor.next {
        cursor.offset += 1
        text.append(escaped)
      } else {
        text.append(byte)
      }
    }
    _ = cursor.skip(34)
    return text
  }

  /// An atom with what brackets hold, and at least one octet.
  @_lifetime(cursor: copy cursor)
  private static func atom(_ cursor: inout ByteCursor) -> [UInt8] {
    let start = cursor.offset
    var brackets = 0
    repeat {
      if cursor.next == 91 { brackets += 1 }
      if cursor.next == 93 { brackets -= 1 }
      cursor.offset += 1
    } while !cursor.isAtEnd && (brackets > 0 || !(cursor.next == .space || cursor.next == 40 || cursor.next == 41))
    return cursor.bytes.extracting(start..<cursor.offset).copied()
  }

  /// The octets behind `{n}` and its line end, or how many will follow; nil when there is no such header.
  @_lifetime(cursor: copy cursor)
  private static func literal(_ cursor: inout ByteCursor) -> String? {
    let start = cursor.offset
    _ = cursor.skip(126)
    guard cursor.skip(123), let size = cursor.takeNumber() else {
      cursor.offset = start
      return nil
    }
    _ = cursor.skip(43)
    _ = cursor.skip(125)
    guard cursor.skip(.carriageReturn), cursor.skip(.lineFeed), UInt64(cursor.remaining) >= size else {
      return "\(size) octets"
    }
    let octets = cursor.bytes.extracting(cursor.offset..<(cursor.offset + Int(size)))
    cursor.offset += Int(size)
    return excerpt(octets)
  }
}
