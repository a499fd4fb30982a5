import IMAPCodec
import MailWire
import POP3Codec
import SMTPCodec

/// The names of deviations, as the library spells them: a quirk's bit is its place in the list.
enum QuirkNames {
  static let smtp = [
    "spaceAfterColon", "missingAngleBrackets", "underscoreInDomain", "irregularDots", "longLocalPart",
    "irregularHelloName", "trailingSpace", "differingReplyCodes", "bareLineFeed", "equalsAfterKeyword"
  ]

  static let pop3 = [
    "leadingZeros", "trailingSpace", "severalSpaces", "bareLineFeed", "statusCase", "bareContinuation",
    "positiveContinuation", "longInitialResponse"
  ]

  static let imap = [
    "missingText", "trailingSpace", "oneDigitDay", "emptyAddressList", "bracketInFlag", "eightBitInQuoted",
    "bareContinuation", "bareLineFeed", "severalSpaces", "negativeNumber", "spaceBetweenAddresses", "nilEncoding",
    "missingSpace", "missingBodyFields", "floatingNumber", "spaceInCapability", "zeroIdentifier", "emptyCopyUID",
    "untaggedCode", "zeroMessageNumber", "nilMailbox", "controlInName", "wrappedEnvelope", "negativeModSeq",
    "strayLineEnd", "missingBodyValue", "shortEnvelope", "nilInAddressList", "irregularHost", "irregularMediaType",
    "bareDisposition", "nilInLanguages", "emptyMultipart", "descriptionInMultipart", "emptyMessageBody",
    "messageAsBasicPart", "unescapedQuote", "searchForExtendedSearch", "spaceBeforeParenthesis", "emptyList",
    "blankLine", "eightBitInAtom", "wildcardInName", "taggedBye", "leadingZero", "needlessEscape", "nilForString",
    "zeroInLiteral", "malformedItem", "nonSynchronisingResponse", "", "", "", "", "foreignLine", "irregularName",
    "missingAsterisk",
    "textBeforeBye", "multipartAsBasicPart", "needlessThreadList", "swappedDisposition"
  ]

  static func names(of used: SMTPQuirks) -> [String] { names(UInt64(used.rawValue), smtp) }

  static func names(of used: POP3Quirks) -> [String] { names(UInt64(used.rawValue), pop3) }

  static func names(of used: IMAPQuirks) -> [String] { names(used.rawValue, imap) }

  static func names(of irregularities: ContentIrregularities) -> [String] {
    names(UInt64(irregularities.rawValue), ["bareCarriageReturn", "bareLineFeed", "null"])
  }

  /// The names of the bits that are set; one without a name is called by its number.
  private static func names(_ bits: UInt64, _ table: [String]) -> [String] {
    var names: [String] = []
    var rest = bits
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      let name = bit < table.count ? table[bit] : ""
      names.append(name.isEmpty ? "quirk\(bit)" : name)
    }
    return names
  }
}
