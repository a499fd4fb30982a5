@_spi(MailCodec) import MailWire

/// What an extended search found: the numbers that were asked for, and the set.
///
/// [RFC 9051 §7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4),
/// [RFC 4731 §3.1](https://www.rfc-editor.org/rfc/rfc4731#section-3.1). The tag of the command may be missing.
///
///     S: * ESEARCH (TAG "A282") UID MIN 2 COUNT 3 ALL 2,10:11
public struct ExtendedSearchResponse: Hashable, Sendable {
  /// The tag of the command that it answers.
  public var tag: IMAPTag?
  /// Whether the numbers are UIDs.
  public var isUID = false
  /// `MIN`: the lowest.
  public var minimum: UInt32?
  /// `MAX`: the highest.
  public var maximum: UInt32?
  /// `COUNT`: how many.
  public var count: UInt32?
  /// `ALL`: all of them.
  public var all: NumberRanges?
  /// `MODSEQ`, [RFC 7162 §3.1.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.10).
  public var modSeq: UInt64?
  /// Return data that have no property, `PARTIAL`, `RELEVANCY`, `ADDTO` and the like: each name with the text of its value.
  public internal(set) var others: [ListExtension] = []

  /// A result of nothing.
  public init() {}

  func write(to writer: inout IMAPWriter) {
    writer.append("ESEARCH")
    if let tag {
      let bytes = tag.bytes
      writer.append(" (TAG ")
      writer.writeString(bytes.span)
      writer.append(.closeParenthesis)
    }
    if isUID { writer.append(" UID") }
    write(" MIN ", minimum, to: &writer)
    write(" MAX ", maximum, to: &writer)
    write(" COUNT ", count, to: &writer)
    if let all, !all.isEmpty {
      writer.append(" ALL ")
      all.write(to: &writer)
    }
    if let modSeq {
      writer.append(" MODSEQ ")
      writer.append(decimal: min(modSeq, UInt64(Int64.max)))
    }
    for item in others {
      writer.append(.space)
      writer.append(item.name)
      writer.append(.space)
      writer.append(item.text)
    }
  }

  private func write(_ name: StaticString, _ number: UInt32?, to writer: inout IMAPWriter) {
    guard let number else { return }
    writer.append(name)
    writer.append(decimal: UInt64(number))
  }
}
