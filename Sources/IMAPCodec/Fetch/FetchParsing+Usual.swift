@_spi(MailCodec) import MailWire

// Nearly every FETCH response begins in the same way and has the same small items. These are told by whole words of eight
// octets, which costs a third of reading them keyword by keyword. Whatever is not exactly as usual is left to the general
// parser: nothing is read then.

extension LayoutBuilder {
  /// `* 23 FETCH (`, the last parenthesis not included.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  func usualHead(_ cursor: inout ByteCursor, _ head: inout FetchHead) -> Bool {
    let raw = unsafe cursor.bytes.bytes
    guard raw.byteCount >= 24, raw.word(at: 0) & 0xFFFF == 0x202A else { return false }
    let (number, digits) = raw.number(at: 2)
    guard digits > 0, number > 0, number <= UInt64(UInt32.max) else { return false }
    let end = 2 &+ digits
    guard end &+ 8 <= raw.byteCount,
      raw.word(at: end) | 0x0000_2020_2020_2000 == packed(" fetch (")
    else { return false }
    head.number = UInt32(truncatingIfNeeded: number)
    cursor.offset = end &+ 7
    return true
  }

  /// Items such as `UID 7`, `FLAGS (\Seen)`, `RFC822.SIZE 4286` and `MODSEQ (12121)`, with the spaces between them, up to the
  /// first that is none of these; true when the closing parenthesis was read behind one.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  func usualItems(_ cursor: inout ByteCursor, _ head: inout FetchHead, _ count: inout Int) -> Bool {
    let raw = unsafe cursor.bytes.bytes
    var offset = cursor.offset
    while offset &+ 16 <= raw.byteCount, count < context.limits.elements {
      let word = raw.word(at: offset)
      let end: Int
      // Letters are folded where letters must be, and nothing else is, so that no other octet passes for one.
      if word & 0xFFFF_FFFF | 0x20_2020 == packed("uid ") {
        let (number, digits) = raw.number(at: offset &+ 4)
        end = offset &+ 4 &+ digits
        guard digits > 0, number <= UInt64(UInt32.max), raw[byte: offset &+ 4] != 48, raw.endsItem(at: end) else {
          return false
        }
        head.uid = UInt32(truncatingIfNeeded: number)
      } else if word & 0x00FF_FFFF_FFFF_FFFF | 0x20_2020_2020 == packed("flags (") {
        guard let (flags, next) = usualFlags(raw, from: offset &+ 7), raw.endsItem(at: next) else { return false }
        head.systemFlags = flags.system
        head.hasKeywords = flags.hasKeywords
        head.flags = LayoutEntry(offset &+ 6, next &- offset &- 6)
        end = next
      } else if word | 0x2000_0000_0020_2020 == packed("rfc822.s") {
        let (number, digits) = raw.number(at: offset &+ 12)
        end = offset &+ 12 &+ digits
        guard digits > 0, raw.word(at: offset &+ 8) & 0xFFFF_FFFF | 0x20_2020 == packed("ize "), raw.endsItem(at: end)
        else { return false }
        head.size = number
      } else if word | 0x2020_2020_2020 == packed("modseq (") {
        let (number, digits) = raw.number(at: offset &+ 8)
        end = offset &+ 9 &+ digits
        guard number > 0, raw.endsItem(at: end), raw[byte: end &- 1] == .closeParenthesis else { return false }
        head.modSeq = number
      } else {
        return false
      }
      if raw[byte: end] == .closeParenthesis {
        cursor.offset = end &+ 1
        return true
      }
      // The general parser judges a second space, or a parenthesis behind one; it reads the item again.
      guard end &+ 1 < raw.byteCount, raw[byte: end &+ 1] != .space, raw[byte: end &+ 1] != .closeParenthesis else {
        return false
      }
      count &+= 1
      offset = end &+ 1
      cursor.offset = offset
    }
    return false
  }

  /// Flags up to their closing parenthesis, and the offset behind it.
  @inline(__always)
  private func usualFlags(
    _ raw: RawSpan, from start: Int
  ) -> (flags: (system: SystemFlags, hasKeywords: Bool), next: Int)? {
    var offset = start
    var system = SystemFlags()
    var hasKeywords = false
    var count = 0
    while offset &+ 10 <= raw.byteCount, count < context.limits.elements {
      let word = raw.word(at: offset)
      if word & 0xFF_FFFF_FFFF | 0x20_2020_2000 == packed("\\seen") {
        system.insert(.seen)
        offset &+= 5
      } else if word | 0x2020_2020_2020_2000 == packed("\\answere"), raw[byte: offset &+ 8] | 32 == 100 {
        system.insert(.answered)
        offset &+= 9
      } else if word | 0x2020_2020_2020_2000 == packed("\\flagged") {
        system.insert(.flagged)
        offset &+= 8
      } else if word | 0x2020_2020_2020_2000 == packed("\\deleted") {
        system.insert(.deleted)
        offset &+= 8
      } else if word & 0xFFFF_FFFF_FFFF | 0x2020_2020_2000 == packed("\\draft") {
        system.insert(.draft)
        offset &+= 6
      } else if word & 0xFF_FFFF_FFFF_FFFF | 0x20_2020_2020_2000 == packed("\\recent") {
        system.insert(.recent)
        offset &+= 7
      } else if count == 0, word & 0xFF == 0x29 {
        return ((system, false), offset &+ 1)
      } else {
        let keyword = offset
        while offset &+ 1 < raw.byteCount, ASCIIClass.atom.contains(raw[byte: offset]) { offset &+= 1 }
        guard offset > keyword else { return nil }
        hasKeywords = true
      }
      count &+= 1
      let next = raw[byte: offset]
      offset &+= 1
      if next == .closeParenthesis { return ((system, hasKeywords), offset) }
      guard next == .space else { return nil }
    }
    return nil
  }
}

extension RawSpan {
  /// Whether a space or a closing parenthesis stands at `offset`.
  @inline(__always)
  fileprivate func endsItem(at offset: Int) -> Bool {
    guard offset < byteCount else { return false }
    return self[byte: offset] == .space || self[byte: offset] == .closeParenthesis
  }
}
