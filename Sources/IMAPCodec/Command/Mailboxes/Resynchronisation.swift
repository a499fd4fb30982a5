@_spi(MailCodec) public import MailWire

/// What a client knows of a mailbox that it selects again, so that the server tells what has changed.
///
/// [RFC 7162 §3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5): `select-param`.
///
///     C: A1 SELECT INBOX (QRESYNC (67890007 90060115194045000 41:211,214:541 (5,11 47,102)))
public struct Resynchronisation: Hashable, Sendable {
  /// The UIDVALIDITY under which the rest was learnt, at least 1.
  public let uidValidity: UInt32
  /// The highest mod-sequence that the client has seen, at least 1.
  public let modSeq: UInt64
  /// The UIDs that it knows; nil for all.
  public let knownUIDs: UIDSet?
  /// Places of messages, and, in the same order, the UIDs that the client knows them by.
  public let matches: Matches?

  /// Places and UIDs of the same messages.
  public struct Matches: Hashable, Sendable {
    /// The places.
    public let sequence: SequenceSet
    /// The UIDs.
    public let uids: UIDSet

    /// Places and UIDs in the same order.
    public init(_ sequence: SequenceSet, _ uids: UIDSet) {
      self.sequence = sequence
      self.uids = uids
    }
  }

  /// Validates numbers.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero, or a mod-sequence above 2⁶³ − 1.
  public init(
    uidValidity: UInt32, modSeq: UInt64, knownUIDs: UIDSet? = nil, matches: Matches? = nil
  ) throws(SyntaxError) {
    guard uidValidity > 0, modSeq > 0, modSeq <= UInt64(Int64.max) else { throw SyntaxError(.badNumber, at: 0) }
    self.uidValidity = uidValidity
    self.modSeq = modSeq
    self.knownUIDs = knownUIDs
    self.matches = matches
  }

  /// Parses `"(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Resynchronisation
  {
    try cursor.expect(.openParenthesis)
    let uidValidity = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    try cursor.requireSpace(&context)
    let modSeq = try cursor.requireNumber(least: 1)
    var knownUIDs: UIDSet?
    var matches: Matches?
    if cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] != .openParenthesis {
      cursor.offset &+= 1
      knownUIDs = try UIDSet.parse(&cursor, elements: context.limits.elements)
    }
    if cursor.skip(.space) {
      try cursor.expect(.openParenthesis)
      let sequence = try SequenceSet.parse(&cursor, elements: context.limits.elements)
      try cursor.requireSpace(&context)
      matches = Matches(sequence, try UIDSet.parse(&cursor, elements: context.limits.elements))
      try cursor.expect(.closeParenthesis)
    }
    try cursor.expect(.closeParenthesis)
    return try Resynchronisation(
      uidValidity: UInt32(truncatingIfNeeded: uidValidity), modSeq: modSeq, knownUIDs: knownUIDs, matches: matches)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.append(decimal: UInt64(uidValidity))
    writer.append(.space)
    writer.append(decimal: modSeq)
    if let knownUIDs {
      writer.append(.space)
      knownUIDs.write(to: &writer)
    }
    if let matches {
      writer.append(" (")
      matches.sequence.write(to: &writer)
      writer.append(.space)
      matches.uids.write(to: &writer)
      writer.append(.closeParenthesis)
    }
    writer.append(.closeParenthesis)
  }
}
