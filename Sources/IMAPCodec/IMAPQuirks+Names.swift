@_spi(MailCodec) import MailWire

extension IMAPQuirks {
  /// The names of the quirks in the set, in the order of their ids, for a log or a report; `quirk63` for an id that has none.
  public var names: [String] { UInt64(rawValue).names(of: Self.catalogue) }

  /// A quirk's id is its place in the list.
  private static let catalogue: [StaticString] = [
    "missingText", "trailingSpace", "oneDigitDay", "emptyAddressList", "bracketInFlag", "eightBitInQuoted",
    "bareContinuation", "bareLineFeed", "severalSpaces", "negativeNumber", "spaceBetweenAddresses", "nilEncoding",
    "missingSpace", "missingBodyFields", "floatingNumber", "spaceInCapability", "zeroIdentifier", "emptyCopyUID",
    "untaggedCode", "zeroMessageNumber", "nilMailbox", "controlInName", "wrappedEnvelope", "negativeModSeq",
    "strayLineEnd", "missingBodyValue", "shortEnvelope", "nilInAddressList", "irregularHost", "irregularMediaType",
    "bareDisposition", "nilInLanguages", "emptyMultipart", "descriptionInMultipart", "emptyMessageBody",
    "messageAsBasicPart", "unescapedQuote", "searchForExtendedSearch", "spaceBeforeParenthesis", "emptyList",
    "blankLine", "eightBitInAtom", "wildcardInName", "taggedBye", "leadingZero", "needlessEscape", "nilForString",
    "zeroInLiteral", "malformedItem", "nonSynchronisingResponse", "", "", "", "", "foreignLine", "irregularName",
    "missingAsterisk", "textBeforeBye", "multipartAsBasicPart", "needlessThreadList", "swappedDisposition"
  ]
}
