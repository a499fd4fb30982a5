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

  init(_ values: [IMAPArgument]) throws(SyntaxError) {
    var rest = values[...]
    func number(_ value: IMAPArgument?) throws(SyntaxError) -> UInt64 {
      guard let value else { throw SyntaxError(.badParameter, at: 0) }
      return try IMAPParameter(unchecked: IMAPToken(keyword: "QRESYNC"), value).number()
    }
    guard let uidValidity = UInt32(exactly: try number(rest.popFirst())) else { throw SyntaxError(.badNumber, at: 0) }
    let modSeq = try number(rest.popFirst())
    var knownUIDs: UIDSet?
    if case .token(let set)? = rest.first {
      knownUIDs = try UIDSet(set.bytes.span)
      rest.removeFirst()
    }
    var matches: Matches?
    if let list = rest.popFirst() {
      guard case .list(let sets) = list, sets.count == 2, case .token(let places) = sets[0],
        case .token(let uids) = sets[1]
      else { throw SyntaxError(.badParameter, at: 0) }
      matches = Matches(try SequenceSet(places.bytes.span), try UIDSet(uids.bytes.span))
    }
    guard rest.isEmpty else { throw SyntaxError(.badParameter, at: 0) }
    try self.init(uidValidity: uidValidity, modSeq: modSeq, knownUIDs: knownUIDs, matches: matches)
  }

  var values: [IMAPArgument] {
    func token(_ write: (inout OutboundBuffer) -> Void) -> IMAPArgument {
      var output = OutboundBuffer()
      write(&output)
      return .token(IMAPToken(validated: ValidatedToken(output.bytes.copied())))
    }
    var values = [token { $0.append(decimal: UInt64(uidValidity)) }, token { $0.append(decimal: modSeq) }]
    if let knownUIDs { values.append(token { knownUIDs.write(to: &$0) }) }
    if let matches {
      values.append(.list([token { matches.sequence.write(to: &$0) }, token { matches.uids.write(to: &$0) }]))
    }
    return values
  }
}
