@_spi(MailCodec) import MailWire

/// The address grammar of RFC 5321 §4.1.2, once, for every type and view in this folder.
enum AddressGrammar {
  static var atext: ASCIIClass { ASCIIClass(low: 0xA3FF_ACFA_0000_0000, high: 0x7FFF_FFFF_C7FF_FFFE) }
  static var qtext: ASCIIClass { ASCIIClass(low: 0xFFFF_FFFB_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF) }
  static var dtext: ASCIIClass { ASCIIClass(low: 0xFFFF_FFFE_0000_0000, high: 0x7FFF_FFFF_C7FF_FFFF) }

  static let maximumLocalPart = 64
  static let maximumDomain = 255
  static let maximumLabel = 63
  static let maximumPath = 256

  /// `Local-part = Dot-string / Quoted-string`; the cursor stops behind it.
  @inline(always)
  @_lifetime(cursor: copy cursor)
  static func skipLocalPart(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    let start = cursor.offset
    if let end = plainEnd(in: cursor.bytes, from: start, before: 64, isDomain: false) {
      cursor.offset = end
    } else if cursor.next == 34 {
      try skipQuotedString(&cursor)
    } else {
      try skipDotString(&cursor, quirks, &used)
    }
    if cursor.offset - start > maximumLocalPart {
      guard quirks.contains(.longLocalPart) else { throw SyntaxError(.tooLong, at: start + maximumLocalPart) }
      used.insert(.longLocalPart)
    }
  }

  @inline(always)
  @_lifetime(cursor: copy cursor)
  private static func skipDotString(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    // Locals, because a loop over the fields of an `inout` cursor stores the offset at every octet; letters and digits first,
    // because nearly every octet is one.
    let bytes = cursor.bytes
    let start = cursor.offset
    var end = start
    var irregular = -1
    var isBehindDot = true
    while end < bytes.count {
      let byte = bytes[end]
      if byte.isASCIILetterOrDigit || (byte != .dot && atext.contains(byte)) {
        isBehindDot = false
      } else if byte == .dot {
        if isBehindDot, irregular < 0 { irregular = end }
        isBehindDot = true
      } else {
        break
      }
      end &+= 1
    }
    cursor.offset = end
    guard end > start else { throw cursor.error(.badLocalPart) }
    if isBehindDot, irregular < 0 { irregular = end &- 1 }
    guard irregular >= 0 else { return }
    guard quirks.contains(.irregularDots) else { throw SyntaxError(.badLocalPart, at: irregular) }
    used.insert(.irregularDots)
  }

  @_lifetime(cursor: copy cursor)
  private static func skipQuotedString(_ cursor: inout ByteCursor) throws(SyntaxError) {
    cursor.offset &+= 1
    while let byte = cursor.next {
      cursor.offset &+= 1
      switch byte {
      case 34:
        return
      case 92:
        guard let escaped = cursor.next, escaped.isASCIIPrintable else { throw cursor.error(.badLocalPart) }
        cursor.offset &+= 1
      default:
        guard qtext.contains(byte) else { throw SyntaxError(.badLocalPart, at: cursor.offset - 1) }
      }
    }
    throw cursor.error(.badLocalPart)
  }

  /// `Domain = sub-domain *("." sub-domain)`; the cursor stops behind it.
  @_lifetime(cursor: copy cursor)
  static func skipDomain(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    let bytes = cursor.bytes
    let start = cursor.offset
    if let end = plainEnd(in: bytes, from: start, before: 62, isDomain: true) {
      cursor.offset = end
      return
    }
    var label = start
    var end = start
    while true {
      while end < bytes.count {
        let byte = bytes[end]
        guard byte.isASCIILetterOrDigit || byte == 45 else { break }
        end &+= 1
      }
      if end < bytes.count, bytes[end] == 95 {
        guard quirks.contains(.underscoreInDomain) else { throw SyntaxError(.badDomain, at: end) }
        used.insert(.underscoreInDomain)
        end &+= 1
        continue
      }
      guard end > label, end &- label <= maximumLabel, bytes[label] != 45, bytes[end &- 1] != 45 else {
        throw SyntaxError(.badDomain, at: label)
      }
      guard end < bytes.count, bytes[end] == .dot else { break }
      end &+= 1
      label = end
    }
    cursor.offset = end
    guard cursor.offset - start <= maximumDomain else { throw SyntaxError(.tooLong, at: start + maximumDomain) }
  }

  /// `address-literal = "[" ( IPv4 / IPv6 / General ) "]"`; the cursor stops behind it.
  @_lifetime(cursor: copy cursor)
  static func skipAddressLiteral(_ cursor: inout ByteCursor) throws(SyntaxError) {
    let start = cursor.offset
    guard cursor.skip(91) else { throw cursor.error(.badDomain) }
    let content = cursor.take { dtext.contains($0) }
    guard cursor.skip(93) else { throw cursor.error(.badDomain) }
    guard AddressLiteral.Kind(content) != nil else { throw SyntaxError(.badDomain, at: start) }
  }

  /// `Domain / address-literal`.
  @inline(always)
  @_lifetime(cursor: copy cursor)
  static func skipHost(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    if cursor.next == 91 {
      try skipAddressLiteral(&cursor)
    } else {
      try skipDomain(&cursor, quirks, &used)
    }
  }
}
