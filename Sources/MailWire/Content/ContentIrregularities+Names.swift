extension ContentIrregularities {
  /// The names of the irregularities in the set, in the order of their bits, for a log or a report.
  public var names: [String] { UInt64(rawValue).names(of: ["bareCarriageReturn", "bareLineFeed", "null"]) }
}
