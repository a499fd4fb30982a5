import MailWire
import POP3Codec
import SMTPCodec

/// The names of deviations, as the library spells them.
enum QuirkNames {
  /// The names of those in a set; one without a name is called by its bit.
  static func names<Quirks: OptionSet>(
    of used: Quirks, in table: [(Quirks, String)]
  ) -> [String] where Quirks.RawValue: FixedWidthInteger, Quirks.Element == Quirks {
    var names: [String] = []
    var rest = used.rawValue
    for (quirk, name) in table where used.contains(quirk) {
      names.append(name)
      rest &= ~quirk.rawValue
    }
    for bit in 0..<Quirks.RawValue.bitWidth where rest >> Quirks.RawValue(bit) & 1 == 1 { names.append("quirk\(bit)") }
    return names
  }

  static func smtp(_ used: SMTPQuirks) -> [String] {
    names(
      of: used,
      in: [
        (.spaceAfterColon, "spaceAfterColon"), (.missingAngleBrackets, "missingAngleBrackets"),
        (.underscoreInDomain, "underscoreInDomain"), (.irregularDots, "irregularDots"),
        (.longLocalPart, "longLocalPart"), (.irregularHelloName, "irregularHelloName"),
        (.trailingSpace, "trailingSpace"), (.differingReplyCodes, "differingReplyCodes"),
        (.bareLineFeed, "bareLineFeed"), (.equalsAfterKeyword, "equalsAfterKeyword")
      ])
  }

  static func pop3(_ used: POP3Quirks) -> [String] {
    names(
      of: used,
      in: [
        (.leadingZeros, "leadingZeros"), (.trailingSpace, "trailingSpace"), (.severalSpaces, "severalSpaces"),
        (.bareLineFeed, "bareLineFeed"), (.statusCase, "statusCase"), (.bareContinuation, "bareContinuation"),
        (.positiveContinuation, "positiveContinuation"), (.longInitialResponse, "longInitialResponse")
      ])
  }

  static func content(_ irregularities: ContentIrregularities) -> [String] {
    names(
      of: irregularities,
      in: [
        (.bareCarriageReturn, "bareCarriageReturn"), (.bareLineFeed, "bareLineFeed"), (.null, "null")
      ])
  }
}
