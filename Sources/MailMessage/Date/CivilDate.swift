@_spi(MailCodec) import MailWire

/// The Gregorian calendar, in years that begin on 1 March, so that the leap day comes last.
enum CivilDate {
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func date(daysSince1970 days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
  }

  /// The month of a packed name of which three letters count.
  static func month(_ name: UInt64) -> Int? {
    switch name & 0xFFFFFF {
    case packed("jan"): 1
    case packed("feb"): 2
    case packed("mar"): 3
    case packed("apr"): 4
    case packed("may"): 5
    case packed("jun"): 6
    case packed("jul"): 7
    case packed("aug"): 8
    case packed("sep"): 9
    case packed("oct"): 10
    case packed("nov"): 11
    case packed("dec"): 12
    default: nil
    }
  }
}
