@_spi(MailCodec) import MailWire

/// The date and time of a `Date` field.
///
/// [RFC 5322 §3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3), with the obsolete forms of §4.3: comments, years of two
/// and three digits, named zones.
///
///     Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)
public struct MessageDate: Hashable, Sendable {
  /// The year, 0 to 9999.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day, 1 to 31.
  public let day: Int
  /// The hour, 0 to 23.
  public let hour: Int
  /// The minute, 0 to 59.
  public let minute: Int
  /// The second, 0 to 60.
  public let second: Int
  /// Minutes by which the zone is ahead of Universal Time, -5,999 to 5,999.
  public let zone: Int

  /// A date and time as a clock in its zone shows it; nil for a number out of its range.
  public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, zone: Int = 0) {
    guard 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day, 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second,
      -5999...5999 ~= zone
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.zone = zone
  }

  /// The date and time that lies so many seconds after 1970-01-01 00:00:00 UTC; nil outside of the years 0 to 9999.
  public init?(secondsSince1970 seconds: Int64, zone: Int = 0) {
    guard -(1 << 40)...(1 << 40) ~= seconds, -5999...5999 ~= zone else { return nil }
    let local = seconds + Int64(zone) * 60
    let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    let rest = Int(local - days * 86_400)
    let (year, month, day) = CivilDate.date(daysSince1970: days)
    self.init(
      year: year, month: month, day: day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, zone: zone)
  }

  /// Seconds since 1970-01-01 00:00:00 UTC. A day beyond its month counts on into the next.
  public var secondsSince1970: Int64 {
    let days = CivilDate.days(year: year, month: month, day: day)
    return days * 86_400 + Int64(hour) * 3600 + Int64(minute - zone) * 60 + Int64(second)
  }

  /// Reads the value of a field; nil without a day. A missing or malformed time is midnight, a missing or unknown zone UTC, as
  /// [RFC 5256 §2.2](https://www.rfc-editor.org/rfc/rfc5256#section-2.2) has them.
  public init?(_ value: Span<UInt8>) {
    var lexer = FieldLexer(value)
    _ = lexer.skipSpace()
    if lexer.next?.isASCIILetter == true {
      _ = lexer.cursor.takeWord()
      _ = lexer.skipSpace()
      _ = lexer.skip(.comma)
      _ = lexer.skipSpace()
    }
    guard let day = lexer.cursor.takeNumber(upTo: 31) else { return nil }
    lexer.skipSeparators()
    guard let month = CivilDate.month(lexer.cursor.takeWord().packed) else { return nil }
    lexer.skipSeparators()
    let yearStart = lexer.offset
    guard var year = lexer.cursor.takeNumber(upTo: 9999) else { return nil }
    let digits = lexer.offset - yearStart
    if digits == 2 { year += year < 50 ? 2000 : 1900 }
    if digits == 3 { year += 1900 }
    _ = lexer.skipSpace()
    let time = lexer.takeTime()
    _ = lexer.skipSpace()
    self.init(
      year: Int(year), month: month, day: Int(day), hour: time?.hour ?? 0, minute: time?.minute ?? 0,
      second: time?.second ?? 0, zone: lexer.takeZone())
  }
}

extension FieldLexer {
  @_lifetime(self: copy self)
  fileprivate mutating func skipSeparators() {
    _ = skipSpace()
    if skip(.hyphen) { _ = skipSpace() }
  }

  /// `hour ":" minute [":" second]`; nil when one is missing or out of its range.
  @_lifetime(self: copy self)
  fileprivate mutating func takeTime() -> (hour: Int, minute: Int, second: Int)? {
    guard let hour = takeTimeNumber(23), skip(.colon) || skip(.dot), let minute = takeTimeNumber(59) else { return nil }
    guard skip(.colon) || skip(.dot) else { return (hour, minute, 0) }
    guard let second = takeTimeNumber(60) else { return nil }
    return (hour, minute, second)
  }

  @_lifetime(self: copy self)
  private mutating func takeTimeNumber(_ limit: UInt64) -> Int? {
    _ = skipSpace()
    let number = cursor.takeNumber(upTo: limit)
    _ = skipSpace()
    return number.map { Int($0) }
  }

  /// `+hhmm`, a name, or one of the letters of RFC 822, which mean nothing since so many got them wrong.
  @_lifetime(self: copy self)
  fileprivate mutating func takeZone() -> Int {
    let isWest = skip(.hyphen)
    guard isWest || skip(43) else {
      return switch cursor.takeWord().packed {
      case packed("edt"): -240
      case packed("est"), packed("cdt"): -300
      case packed("cst"), packed("mdt"): -360
      case packed("mst"), packed("pdt"): -420
      case packed("pst"): -480
      default: 0
      }
    }
    let start = offset
    guard let number = cursor.takeNumber(upTo: 9959), offset - start == 4, number % 100 < 60 else { return 0 }
    let minutes = Int(number / 100 * 60 + number % 100)
    return isWest ? -minutes : minutes
  }
}
