@_spi(MailCodec) public import MailWire

/// A host named by its address instead of a domain.
///
/// [RFC 5321 §4.1.3](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.3).
///
///     C: EHLO [192.0.2.7]
///     C: RCPT TO:<robert@[IPv6:2001:db8::7]>
public struct AddressLiteral: Hashable, Sendable, CustomStringConvertible {
  /// What kind of address a literal holds.
  @frozen
  public enum Kind: Hashable, Sendable {
    /// Four octets, the first one highest.
    case ipv4(UInt32)
    /// Sixteen octets in two words, the first octet highest.
    case ipv6(high: UInt64, low: UInt64)
    /// A tagged literal of a kind that this library does not know.
    case general
  }

  /// The octets as they were read, brackets included.
  public let bytes: [UInt8]
  /// The address.
  public let kind: Kind

  /// Parses a literal with its brackets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badDomain`.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard
      span.count > 2, span[0] == 91, span[span.count - 1] == 93,
      let kind = Kind(span.extracting(1..<(span.count - 1)))
    else { throw SyntaxError(.badDomain, at: 0) }
    bytes = span.copied()
    self.kind = kind
  }

  /// The literal as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension AddressLiteral.Kind {
  /// The address between the brackets; nil when it is malformed.
  init?(_ content: Span<UInt8>) {
    if let address = Self.ipv4Address(content) {
      self = .ipv4(address)
      return
    }
    var cursor = ByteCursor(content)
    let tag = cursor.take { $0.isASCIILetterOrDigit || $0 == 45 }
    guard !tag.isEmpty, tag[tag.count - 1] != 45, cursor.skip(58) else { return nil }
    let rest = cursor.takeRest()
    let ipv6Tag: [UInt8] = [73, 80, 118, 54]
    if tag.hasSameLetters(as: ipv6Tag.span) {
      guard let address = Self.ipv6Address(rest) else { return nil }
      self = .ipv6(high: address.high, low: address.low)
      return
    }
    guard !rest.isEmpty else { return nil }
    for index in rest.indices where !AddressGrammar.dtext.contains(rest[index]) { return nil }
    self = .general
  }

  /// `Snum 3("." Snum)`, each of one to three digits and at most 255.
  static func ipv4Address(_ text: Span<UInt8>) -> UInt32? {
    var cursor = ByteCursor(text)
    var address: UInt32 = 0
    for part in 0..<4 {
      if part > 0, !cursor.skip(.dot) { return nil }
      let start = cursor.offset
      guard let number = cursor.takeNumber(upTo: 255), cursor.offset - start <= 3 else { return nil }
      address = address << 8 | UInt32(truncatingIfNeeded: number)
    }
    return cursor.isAtEnd ? address : nil
  }

  /// [RFC 4291 §2.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.2): eight groups, one `::` at most, an IPv4 tail.
  static func ipv6Address(_ text: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
    var groups = IPv6Groups()
    var cursor = ByteCursor(text)
    if cursor.remaining >= 2, text[0] == 58 {
      guard text[1] == 58 else { return nil }
      cursor.offset = 2
      groups.gap = 0
    }
    while !cursor.isAtEnd {
      let start = cursor.offset
      guard let group = hexadecimalGroup(&cursor) else { return nil }
      if cursor.next == .dot {
        guard let tail = ipv4Address(text.extracting(droppingFirst: start)) else { return nil }
        guard groups.append(UInt16(truncatingIfNeeded: tail >> 16)) else { return nil }
        return groups.append(UInt16(truncatingIfNeeded: tail)) ? groups.address : nil
      }
      guard groups.append(group) else { return nil }
      if cursor.isAtEnd { break }
      guard cursor.skip(58) else { return nil }
      if cursor.skip(58) {
        guard groups.gap == nil else { return nil }
        groups.gap = groups.count
      } else if cursor.isAtEnd {
        return nil
      }
    }
    return groups.address
  }

  @_lifetime(cursor: copy cursor)
  private static func hexadecimalGroup(_ cursor: inout ByteCursor) -> UInt16? {
    var value: UInt16 = 0
    var digits = 0
    while digits < 4, let byte = cursor.next {
      switch byte {
      case 48...57: value = value << 4 | UInt16(byte - 48)
      case 65...70, 97...102: value = value << 4 | UInt16((byte | 32) - 87)
      default: return digits > 0 ? value : nil
      }
      digits += 1
      cursor.offset += 1
    }
    return digits > 0 ? value : nil
  }
}

/// Groups of an IPv6 address as they are read, with the place of `::`.
private struct IPv6Groups {
  private var high: UInt64 = 0
  private var low: UInt64 = 0
  var count = 0
  var gap: Int?

  mutating func append(_ group: UInt16) -> Bool {
    guard count < 8 else { return false }
    high = high << 16 | low >> 48
    low = low << 16 | UInt64(group)
    count += 1
    return true
  }

  /// The address, once the gap is filled with zeros; nil when there are too few or too many groups.
  var address: (high: UInt64, low: UInt64)? {
    guard let gap else { return count == 8 ? (high, low) : nil }
    guard count < 8 else { return nil }
    var all: [UInt16] = []
    for index in 0..<count {
      let shift = UInt64((count - 1 - index) * 16)
      let word = shift >= 64 ? high >> (shift - 64) : low >> shift
      all.append(UInt16(truncatingIfNeeded: word))
    }
    all.insert(contentsOf: repeatElement(0, count: 8 - count), at: gap)
    var filled = IPv6Groups()
    for group in all { _ = filled.append(group) }
    return (filled.high, filled.low)
  }
}
