@_spi(MailCodec) public import MailWire

/// A day, as search keys name it.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `date`. Days are not checked against the length of the
/// month, since the grammar is not.
///
///     C: A1 SEARCH SINCE 1-Feb-2026
public struct IMAPDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year, 0 to 9999.
  public let year: Int16
  /// The month, 1 to 12.
  public let month: UInt8
  /// The day of the month, 1 to 31.
  public let day: UInt8

  /// Validates fields.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for a field out of its range.
  public init(year: Int, month: Int, day: Int) throws(SyntaxError) {
    guard 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { throw SyntaxError(.badNumber, at: 0) }
    self.init(unchecked: year, month, day)
  }

  @inline(__always)
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = Int16(truncatingIfNeeded: year)
    self.month = UInt8(truncatingIfNeeded: month)
    self.day = UInt8(truncatingIfNeeded: day)
  }

  /// Parses `date`, with quotes or without.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPDate {
    let isQuoted = cursor.skip(.quote)
    guard let day = cursor.takeDigits(1...2), 1...31 ~= day else { throw cursor.error(.badNumber) }
    let date = try parse(afterDay: day, &cursor)
    guard !isQuoted || cursor.skip(.quote) else { throw cursor.error(.unexpectedByte) }
    return date
  }

  /// Parses `"-" date-month "-" date-year`.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func parse(afterDay day: Int, _ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPDate {
    guard cursor.skip(.hyphen), let month = cursor.takeMonth(), cursor.skip(.hyphen) else {
      throw cursor.error(.unexpectedByte)
    }
    guard let year = cursor.takeDigits(4...4) else { throw cursor.error(.badNumber) }
    return IMAPDate(unchecked: year, month, day)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(decimal: UInt64(day))
    writeMonthAndYear(to: &writer)
  }

  func writeMonthAndYear(to writer: inout IMAPWriter) {
    writer.append(.hyphen)
    writer.append(Self.monthName(month))
    writer.append(.hyphen)
    writer.append(digits: Int(year), count: 4)
  }

  private static func monthName(_ month: UInt8) -> StaticString {
    switch month {
    case 1: "Jan"
    case 2: "Feb"
    case 3: "Mar"
    case 4: "Apr"
    case 5: "May"
    case 6: "Jun"
    case 7: "Jul"
    case 8: "Aug"
    case 9: "Sep"
    case 10: "Oct"
    case 11: "Nov"
    default: "Dec"
    }
  }

  /// Whether `left` is earlier.
  public static func < (left: IMAPDate, right: IMAPDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The date as it is written.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}

extension ByteCursor {
  /// A number of that many digits; nil, with the cursor at the fault, for fewer or more.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeDigits(_ count: ClosedRange<Int>) -> Int? {
    let start = offset
    var value = 0
    while offset < bytes.count, bytes[offset].isASCIIDigit {
      guard offset &- start < count.upperBound else { return nil }
      value = value &* 10 &+ Int(bytes[offset] &- 48)
      offset &+= 1
    }
    return offset &- start >= count.lowerBound ? value : nil
  }

  /// `date-month` as a number from 1 to 12.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeMonth() -> Int? {
    let start = offset
    let (word, count) = takeWord()
    guard count == 3 else {
      offset = start
      return nil
    }
    switch word {
    case packed("jan"): return 1
    case packed("feb"): return 2
    case packed("mar"): return 3
    case packed("apr"): return 4
    case packed("may"): return 5
    case packed("jun"): return 6
    case packed("jul"): return 7
    case packed("aug"): return 8
    case packed("sep"): return 9
    case packed("oct"): return 10
    case packed("nov"): return 11
    case packed("dec"): return 12
    default:
      offset = start
      return nil
    }
  }
}
