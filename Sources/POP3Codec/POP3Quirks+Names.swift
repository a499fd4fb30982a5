@_spi(MailCodec) import MailWire

extension POP3Quirks {
  /// The names of the quirks in the set, in the order of their ids, for a log or a report; `quirk63` for an id that has none.
  public var names: [String] { UInt64(rawValue).names(of: Self.catalogue) }

  /// A quirk's id is its place in the list.
  private static let catalogue: [StaticString] = [
    "leadingZeros", "trailingSpace", "severalSpaces", "bareLineFeed", "statusCase", "bareContinuation",
    "positiveContinuation", "longInitialResponse"
  ]
}
