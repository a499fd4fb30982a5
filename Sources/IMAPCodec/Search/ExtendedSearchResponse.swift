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

  func write(to output: inout OutboundBuffer) {
    output.append("ESEARCH")
    if let tag {
      let bytes = tag.bytes
      output.append(" (TAG ")
      output.append(string: bytes.span)
      output.append(.closeParenthesis)
    }
    if isUID { output.append(" UID") }
    write(" MIN ", minimum, to: &output)
    write(" MAX ", maximum, to: &output)
    write(" COUNT ", count, to: &output)
    if let all, !all.isEmpty {
      output.append(" ALL ")
      all.write(to: &output)
    }
    if let modSeq {
      output.append(" MODSEQ ")
      output.append(decimal: min(modSeq, UInt64(Int64.max)))
    }
    for item in others {
      output.append(.space)
      output.append(item.name)
      output.append(.space)
      output.append(item.text)
    }
  }

  private func write(_ name: StaticString, _ number: UInt32?, to output: inout OutboundBuffer) {
    guard let number else { return }
    output.append(name)
    output.append(decimal: UInt64(number))
  }
}
