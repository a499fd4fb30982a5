@_spi(MailCodec) public import MailWire

/// A point in time with the zone in which it was said, as `INTERNALDATE` and `APPEND` have it.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `date-time`.
///
///     S: * 1 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700")
public struct IMAPDateTime: Hashable, Sendable, CustomStringConvertible {
  /// The day in the zone.
  public let date: IMAPDate
  /// The hour, 0 to 23.
  public let hour: UInt8
  /// The minute, 0 to 59.
  public let minute: UInt8
  /// The second, 0 to 60: leap seconds are written.
  public let second: UInt8
  /// The zone in minutes east of Greenwich, −5,999 to 5,999.
  public let zone: Int16

  /// Validates fields.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for a field out of its range.
  public init(_ date: IMAPDate, hour: Int, minute: Int, second: Int, zone: Int = 0) throws(SyntaxError) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second, -5999...5999 ~= zone else {
      throw SyntaxError(.badNumber, at: 0)
    }
    self.init(unchecked: date, hour, minute, second, zone)
  }

  @inline(__always)
  private init(unchecked date: IMAPDate, _ hour: Int, _ minute: Int, _ second: Int, _ zone: Int) {
    self.date = date
    self.hour = UInt8(truncatingIfNeeded: hour)
    self.minute = UInt8(truncatingIfNeeded: minute)
    self.second = UInt8(truncatingIfNeeded: second)
    self.zone = Int16(truncatingIfNeeded: zone)
  }

  /// Parses a `date-time` with its quotes.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber`, `unexpectedByte`, `unexpectedEnd` or `trailingBytes`.
  public init(_ text: Span<UInt8>, quirks: IMAPQuirks = .none) throws(SyntaxError) {
    var cursor = ByteCursor(text)
    var context = ParseContext(quirks: quirks)
    self = try IMAPDateTime.parse(&cursor, &context)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }

  /// Parses `DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPDateTime {
    guard cursor.skip(.quote) else { throw cursor.unexpected }
    let start = cursor.offset
    let isSpaced = cursor.skip(.space)
    guard let day = cursor.takeDigits(1...(isSpaced ? 1 : 2)), 1...31 ~= day else { throw cursor.error(.badNumber) }
    if cursor.offset == start &+ 1, !context.accepts(.oneDigitDay) { throw SyntaxError(.badNumber, at: start) }
    let date = try IMAPDate.parse(afterDay: day, &cursor)
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedByte) }
    guard let hour = cursor.takeDigits(2...2), hour < 24 else { throw cursor.error(.badNumber) }
    guard cursor.skip(.colon) else { throw cursor.error(.unexpectedByte) }
    guard let minute = cursor.takeDigits(2...2), minute < 60 else { throw cursor.error(.badNumber) }
    guard cursor.skip(.colon) else { throw cursor.error(.unexpectedByte) }
    guard let second = cursor.takeDigits(2...2), second <= 60 else { throw cursor.error(.badNumber) }
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedByte) }
    let isWest = cursor.skip(.hyphen)
    guard isWest || cursor.skip(.plus) else { throw cursor.error(.unexpectedByte) }
    guard let zone = cursor.takeDigits(4...4), zone % 100 < 60 else { throw cursor.error(.badNumber) }
    guard cursor.skip(.quote) else { throw cursor.unexpected }
    let minutes = zone / 100 * 60 + zone % 100
    return IMAPDateTime(unchecked: date, hour, minute, second, isWest ? -minutes : minutes)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.quote)
    if date.day < 10 { writer.append(.space) }
    writer.append(decimal: UInt64(date.day))
    date.writeMonthAndYear(to: &writer)
    writer.append(.space)
    writer.append(digits: Int(hour), count: 2)
    writer.append(.colon)
    writer.append(digits: Int(minute), count: 2)
    writer.append(.colon)
    writer.append(digits: Int(second), count: 2)
    writer.append(.space)
    writer.append(zone < 0 ? .hyphen : .plus)
    let minutes = Int(zone.magnitude)
    writer.append(digits: minutes / 60 * 100 + minutes % 60, count: 4)
    writer.append(.quote)
  }

  /// The date-time as it is written, quotes included.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}

extension IMAPDateTime {
  /// Seconds since 1970-01-01 00:00:00 UTC, in the Gregorian calendar. A day beyond its month counts on into the next.
  public var secondsSince1970: Int64 {
    // Years begin in March, so that the leap day is the last one: then a month's first day is a linear formula.
    let month = Int64(date.month)
    let year = Int64(date.year) - (month <= 2 ? 1 : 0)
    let shifted = (month + 9) % 12
    let dayOfYear = (153 * shifted + 2) / 5 + Int64(date.day) - 1
    let era = year >= 0 ? year / 400 : (year - 399) / 400
    let yearOfEra = year - era * 400
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return days * 86_400 + Int64(hour) * 3_600 + (Int64(minute) - Int64(zone)) * 60 + Int64(second)
  }

  /// The time that lies so many seconds after 1970-01-01 00:00:00 UTC, as a clock in `zone` shows it.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` outside of the years 0 to 9999, or for a zone out of its range.
  public init(secondsSince1970 seconds: Int64, zone: Int = 0) throws(SyntaxError) {
    guard -(1 << 40)...(1 << 40) ~= seconds, -5999...5999 ~= zone else { throw SyntaxError(.badNumber, at: 0) }
    let local = seconds + Int64(zone) * 60
    var days = local / 86_400
    var rest = local % 86_400
    if rest < 0 {
      days -= 1
      rest += 86_400
    }
    days += 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = try IMAPDate(year: Int(year), month: Int(month), day: Int(dayOfYear - (153 * shifted + 2) / 5 + 1))
    try self.init(
      date, hour: Int(rest / 3_600), minute: Int(rest % 3_600 / 60), second: Int(rest % 60), zone: zone)
  }
}
