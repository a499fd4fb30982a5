@_spi(MailCodec) import MailWire

/// A date and time of a header field or a report.
///
/// [RFC 5322 §3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3). The machines' ``Instant`` is a monotonic clock and
/// has no date: the host says what date it is.
///
///     Arrival-Date: Tue, 15 Nov 1994 08:12:31 +0000
public struct DateTime: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1 January 1970 in Universal Time, leap seconds not counted; from the year 0 to the year 9999.
  public let secondsSince1970: Int64
  /// Minutes by which the zone is ahead of Universal Time, -1439 to 1439. Two dates with different zones are different
  /// values.
  public let zoneMinutes: Int

  /// A date; what lies outside the years and zones that can be written becomes the nearest that can.
  public init(secondsSince1970: Int64, zoneMinutes: Int = 0) {
    self.zoneMinutes = min(max(zoneMinutes, -1439), 1439)
    self.secondsSince1970 = min(max(secondsSince1970, -62_167_132_800), 253_402_214_399)
  }

  /// Parses a date as mail has them: the weekday, the seconds and the zone may be missing, a comment may follow, the year
  /// may have two digits and the zone a name.
  public init?(_ text: Span<UInt8>) {
    var cursor = ByteCursor(text)
    Self.skipSpace(&cursor)
    if cursor.next?.isASCIILetter == true {
      _ = cursor.takeWord()
      Self.skipSpace(&cursor)
      guard cursor.skip(44) else { return nil }
      Self.skipSpace(&cursor)
    }
    guard let day = cursor.takeNumber(upTo: 31), day > 0 else { return nil }
    Self.skipSpace(&cursor)
    guard let month = Self.month(cursor.takeWord()) else { return nil }
    Self.skipSpace(&cursor)
    let yearStart = cursor.offset
    guard var year = cursor.takeNumber(upTo: 9999) else { return nil }
    if cursor.offset - yearStart <= 3 { year += cursor.offset - yearStart == 2 && year < 50 ? 2000 : 1900 }
    Self.skipSpace(&cursor)
    guard let hour = cursor.takeNumber(upTo: 23), cursor.skip(58), let minute = cursor.takeNumber(upTo: 59) else {
      return nil
    }
    var second: UInt64 = 0
    if cursor.skip(58) {
      guard let number = cursor.takeNumber(upTo: 60) else { return nil }
      second = min(number, 59)
    }
    Self.skipSpace(&cursor)
    guard let zone = Self.zone(&cursor) else { return nil }
    let days = Self.days(year: Int64(year), month: month, day: Int64(day))
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(secondsSince1970: seconds - Int64(zone) * 60, zoneMinutes: zone)
  }

  @_lifetime(cursor: copy cursor)
  private static func skipSpace(_ cursor: inout ByteCursor) {
    _ = cursor.take { $0 == .space || $0 == 9 || $0 == .carriageReturn || $0 == .lineFeed }
  }

  private static func month(_ word: (packed: UInt64, count: Int)) -> Int64? {
    guard word.count >= 3 else { return nil }
    switch word.packed & 0xFFFFFF {
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
    default: return nil
    }
  }

  /// `+hhmm`, or a name; an unknown name is Universal Time, as RFC 5322 §4.3 says.
  @_lifetime(cursor: copy cursor)
  private static func zone(_ cursor: inout ByteCursor) -> Int? {
    guard let sign = cursor.next, sign == 43 || sign == 45 else {
      let word = cursor.takeWord()
      switch word.packed {
      case packed("edt"): return -240
      case packed("est"), packed("cdt"): return -300
      case packed("cst"), packed("mdt"): return -360
      case packed("mst"), packed("pdt"): return -420
      case packed("pst"): return -480
      default: return 0
      }
    }
    cursor.offset += 1
    let start = cursor.offset
    guard let number = cursor.takeNumber(upTo: 2359), cursor.offset - start == 4, number % 100 < 60 else { return nil }
    let minutes = Int(number / 100 * 60 + number % 100)
    return sign == 45 ? -minutes : minutes
  }

  /// The date as a header field has it.
  public var description: String {
    let local = secondsSince1970 + Int64(zoneMinutes) * 60
    let days = Self.floorDivide(local, by: 86_400)
    let second = local - days * 86_400
    let (year, month, day) = Self.civilDate(daysSince1970: days)
    // 1 January 1970 was a Thursday.
    let weekday = Self.name("SunMonTueWedThuFriSat", Int((days % 7 + 11) % 7))
    let zone = zoneMinutes.magnitude
    return weekday + ", " + Self.padded(day, to: 2) + " "
      + Self.name("JanFebMarAprMayJunJulAugSepOctNovDec", Int(month) - 1) + " " + Self.padded(year, to: 4) + " "
      + Self.padded(second / 3600, to: 2) + ":" + Self.padded(second / 60 % 60, to: 2) + ":"
      + Self.padded(second % 60, to: 2) + (zoneMinutes < 0 ? " -" : " +")
      + Self.padded(Int64(zone / 60), to: 2) + Self.padded(Int64(zone % 60), to: 2)
  }

  private static func name(_ names: StaticString, _ index: Int) -> String {
    var output = OutboundBuffer()
    output.append(names)
    return String(decoding: output.bytes.extracting((index * 3)..<(index * 3 + 3)).copied(), as: UTF8.self)
  }

  /// Days in eras of 400 years that begin on 1 March, so that the leap day comes last.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func floorDivide(_ dividend: Int64, by divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
