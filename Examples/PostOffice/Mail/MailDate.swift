/// The date of a header field, in Universal Time: `Thu, 01 Oct 2026 09:30:00 +0000`.
///
/// [RFC 5322 §3.3](https://www.rfc-editor.org/rfc/rfc5322#section-3.3).
struct MailDate: CustomStringConvertible {
  let secondsSince1970: Int64

  var description: String {
    let days = Self.floorDivide(secondsSince1970, by: 86_400)
    let second = secondsSince1970 - days * 86_400
    let (year, month, day) = Self.civilDate(daysSince1970: days)
    // 1 January 1970 was a Thursday.
    let weekday = Self.weekdays[Int((days % 7 + 11) % 7)]
    let time = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, to: 2) }.joined(separator: ":")
    return
      "\(weekday), \(Self.padded(day, to: 2)) \(Self.months[Int(month) - 1]) \(Self.padded(year, to: 4)) \(time) +0000"
  }

  /// The Gregorian date, counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
  private static func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func floorDivide(_ dividend: Int64, by divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
