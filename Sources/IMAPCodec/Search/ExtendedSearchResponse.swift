@_spi(MailCodec) import MailWire

/// What an extended search or sort found: the numbers that were asked for, and the messages.
///
/// [RFC 9051 §7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4),
/// [RFC 4731 §3.1](https://www.rfc-editor.org/rfc/rfc4731#section-3.1),
/// [RFC 5267 §3](https://www.rfc-editor.org/rfc/rfc5267#section-3). The correlator may be missing.
///
///     S: * ESEARCH (TAG "A282") UID MIN 2 COUNT 3 ALL 2,10:11
public struct ExtendedSearchResponse: Hashable, Sendable {
  /// Which command it answers, and for which mailbox.
  public var correlator: SearchCorrelator?
  /// Whether the numbers are UIDs.
  public var isUID = false
  /// `MIN`: the lowest, or the first of a sort; zero becomes nil.
  public var minimum: UInt32? { didSet { if minimum == 0 { minimum = nil } } }
  /// `MAX`: the highest, or the last of a sort; zero becomes nil.
  public var maximum: UInt32? { didSet { if maximum == 0 { maximum = nil } } }
  /// `COUNT`: how many.
  public var count: UInt32?
  /// `ALL`: all of them, in the order of the result; none becomes nil.
  public var all: OrderedNumbers? { didSet { if all?.isEmpty == true { all = nil } } }
  /// `MODSEQ`, at most 2⁶³ − 1, [RFC 7162 §3.1.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.10).
  public var modSeq: UInt64? { didSet { if let number = modSeq, number >> 63 != 0 { modSeq = UInt64(Int64.max) } } }
  /// `PARTIAL`: a window on the result.
  public var partial: PartialResult?
  /// `RELEVANCY`: 1 to 100 for each message of ``all``, [RFC 6203 §4](https://www.rfc-editor.org/rfc/rfc6203#section-4).
  public var relevancy: [UInt32]?
  /// `ADDTO` and `REMOVEFROM`: changes of a result, in order.
  public var updates: [SearchUpdate] = []
  /// Return data that have no property: each name with the text of its value.
  public internal(set) var others: [ListExtension] = []

  /// A result of nothing.
  public init() {}

  /// The tag of the command that it answers.
  public var tag: IMAPTag? { correlator?.tag }

  func write(to writer: inout IMAPWriter) {
    writer.append("ESEARCH")
    if let correlator {
      writer.append(.space)
      correlator.write(to: &writer)
    }
    if isUID { writer.append(" UID") }
    if let minimum { Self.write(" MIN ", UInt64(minimum), to: &writer) }
    if let maximum { Self.write(" MAX ", UInt64(maximum), to: &writer) }
    if let count { Self.write(" COUNT ", UInt64(count), to: &writer) }
    if let all {
      writer.append(" ALL ")
      all.write(to: &writer)
    }
    if let modSeq { Self.write(" MODSEQ ", modSeq, to: &writer) }
    if let partial {
      writer.append(.space)
      partial.write(to: &writer)
    }
    writeRelevancy(to: &writer)
    for update in updates {
      writer.append(.space)
      update.write(to: &writer)
    }
    for item in others {
      writer.append(.space)
      writer.append(item.name)
      writer.append(.space)
      writer.append(item.text)
    }
  }

  private func writeRelevancy(to writer: inout IMAPWriter) {
    guard let relevancy else { return }
    writer.append(" RELEVANCY (")
    var isFirst = true
    for score in relevancy {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(decimal: UInt64(score))
    }
    writer.append(.closeParenthesis)
  }

  private static func write(_ name: StaticString, _ number: UInt64, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.append(decimal: number)
  }
}
