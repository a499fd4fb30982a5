import IMAPCodec
import MailMessage
import MailWire

/// A search key, ready to be asked of many messages.
indirect enum SearchCondition: Sendable {
  case always
  case flag(Flag, isSet: Bool)
  case new
  case date(DateField, Relation, Int)
  case size(UInt64, isLarger: Bool)
  case arrived(Int64, isOlder: Bool)
  case uids(NumberRanges)
  case modSequence(UInt64)
  case emailID([UInt8])
  case threadID([UInt8])
  case field([UInt8], SearchNeedle)
  case text(SearchNeedle, withHeader: Bool)
  case not(SearchCondition)
  case all([SearchCondition])
  case any(SearchCondition, SearchCondition)

  enum DateField: Sendable {
    case internalDate
    case saveDate
    case sent
  }

  enum Relation: Sendable {
    case before
    case on
    case since
  }

  /// What must be at hand to decide: the lower, the cheaper.
  var cost: Int {
    switch self {
    case .always, .flag, .new, .arrived, .uids, .modSequence, .emailID, .threadID: 0
    case .date(.sent, _, _), .field: 2
    case .date: 0
    case .size: 1
    case .text: 3
    case .not(let condition): condition.cost
    case .all(let conditions): conditions.map(\.cost).max() ?? 0
    case .any(let left, let right): max(left.cost, right.cost)
    }
  }

  /// Whether a mod-sequence is asked for somewhere.
  var asksModSequence: Bool {
    switch self {
    case .modSequence: true
    case .not(let condition): condition.asksModSequence
    case .all(let conditions): conditions.contains { $0.asksModSequence }
    case .any(let left, let right): left.asksModSequence || right.asksModSequence
    case .always, .flag, .new, .date, .size, .arrived, .uids, .emailID, .threadID, .field, .text: false
    }
  }

  /// All of these; those that are cheap are asked first.
  static func allInOrder(_ conditions: [SearchCondition]) -> SearchCondition {
    if conditions.count == 1 { return conditions[0] }
    return .all((0...3).flatMap { cost in conditions.filter { $0.cost == cost } })
  }
}

extension SearchCondition {
  /// - Parameter strings: gives strings of the client in UTF-8.
  init(
    _ key: SearchKey, in view: MailboxView, now: Int64, strings: (IMAPString) throws(SearchError) -> [UInt8]
  ) throws(SearchError) {
    func field(_ name: StaticString, _ text: IMAPString) throws(SearchError) -> SearchCondition {
      .field(name.withUTF8Buffer { unsafe [UInt8]($0) }, SearchNeedle(try strings(text)))
    }
    switch key {
    case .all: self = .always
    case .answered: self = .flag(.answered, isSet: true)
    case .deleted: self = .flag(.deleted, isSet: true)
    case .draft: self = .flag(.draft, isSet: true)
    case .flagged: self = .flag(.flagged, isSet: true)
    case .recent: self = .flag(.recent, isSet: true)
    case .seen: self = .flag(.seen, isSet: true)
    case .unanswered: self = .flag(.answered, isSet: false)
    case .undeleted: self = .flag(.deleted, isSet: false)
    case .undraft: self = .flag(.draft, isSet: false)
    case .unflagged: self = .flag(.flagged, isSet: false)
    case .unseen: self = .flag(.seen, isSet: false)
    case .old: self = .flag(.recent, isSet: false)
    case .new: self = .new
    case .keyword(let atom): self = try Self.keyword(atom, isSet: true)
    case .unkeyword(let atom): self = try Self.keyword(atom, isSet: false)
    case .before(let date): self = .date(.internalDate, .before, date.ordinal)
    case .on(let date): self = .date(.internalDate, .on, date.ordinal)
    case .since(let date): self = .date(.internalDate, .since, date.ordinal)
    case .sentBefore(let date): self = .date(.sent, .before, date.ordinal)
    case .sentOn(let date): self = .date(.sent, .on, date.ordinal)
    case .sentSince(let date): self = .date(.sent, .since, date.ordinal)
    case .savedBefore(let date): self = .date(.saveDate, .before, date.ordinal)
    case .savedOn(let date): self = .date(.saveDate, .on, date.ordinal)
    case .savedSince(let date): self = .date(.saveDate, .since, date.ordinal)
    case .bcc(let text): self = try field("bcc", text)
    case .cc(let text): self = try field("cc", text)
    case .from(let text): self = try field("from", text)
    case .subject(let text): self = try field("subject", text)
    case .to(let text): self = try field("to", text)
    case .header(let name, let text): self = .field(name.bytes, SearchNeedle(try strings(text)))
    case .body(let text): self = .text(SearchNeedle(try strings(text)), withHeader: false)
    case .text(let text): self = .text(SearchNeedle(try strings(text)), withHeader: true)
    case .larger(let size): self = .size(size.value, isLarger: true)
    case .smaller(let size): self = .size(size.value, isLarger: false)
    case .older(let seconds): self = .arrived(now - Int64(seconds.value), isOlder: true)
    case .younger(let seconds): self = .arrived(now - Int64(seconds.value), isOlder: false)
    case .modSeq(let key): self = .modSequence(key.value)
    case .saveDateSupported: self = .always
    case .emailID(let id): self = .emailID(id.bytes)
    case .threadID(let id): self = .threadID(id.bytes)
    case .sequence(let set): self = .uids(view.uids(for: set))
    case .uid(let set): self = .uids(view.uids(for: set))
    case .uidAfter(let uid):
      self = .uids(
        uid.value < .max ? (try? NumberRanges((uid.value + 1)...UInt32.max)) ?? NumberRanges() : NumberRanges())
    case .uidBefore(let uid):
      self = .uids(uid.value > 1 ? (try? NumberRanges(1...(uid.value - 1))) ?? NumberRanges() : NumberRanges())
    case .not(let key, _): self = .not(try SearchCondition(key, in: view, now: now, strings: strings))
    case .fuzzy(let key, _): self = try SearchCondition(key, in: view, now: now, strings: strings)
    case .or(let left, let right, _):
      let conditions = (
        try SearchCondition(left, in: view, now: now, strings: strings),
        try SearchCondition(right, in: view, now: now, strings: strings)
      )
      self =
        conditions.0.cost <= conditions.1.cost ? .any(conditions.0, conditions.1) : .any(conditions.1, conditions.0)
    case .and(let keys, _):
      var conditions: [SearchCondition] = []
      for key in keys { conditions.append(try SearchCondition(key, in: view, now: now, strings: strings)) }
      self = .allInOrder(conditions)
    case .filter, .gmailRaw, .gmailLabel, .gmailMessageID, .gmailThreadID, .unknown: throw .unknownKey
    @unknown default: throw .unknownKey
    }
  }

  private static func keyword(_ atom: IMAPAtom, isSet: Bool) throws(SearchError) -> SearchCondition {
    do throws(SyntaxError) { return .flag(try Flag(atom.bytes.span), isSet: isSet) } catch { throw .unknownKey }
  }
}

extension IMAPDate {
  /// A number that grows by days.
  var ordinal: Int { (Int(year) * 16 + Int(month)) * 32 + Int(day) }
}
