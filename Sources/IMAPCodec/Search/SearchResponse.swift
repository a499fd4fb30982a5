@_spi(MailCodec) public import MailWire

/// What `SEARCH` or `SORT` found, in the order of the wire, which is the result for `SORT`.
///
/// [RFC 3501 §7.2.5](https://www.rfc-editor.org/rfc/rfc3501#section-7.2.5), IMAP4rev1 only;
/// [RFC 5256 §4](https://www.rfc-editor.org/rfc/rfc5256#section-4).
///
///     S: * SEARCH 2 5 6 7 (MODSEQ 917162500)
public struct SearchResponse: Hashable, Sendable {
  /// Sequence numbers, or UIDs in answer to a `UID` command.
  public let numbers: [UInt32]
  /// The highest mod-sequence of what was found, [RFC 7162 §3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5).
  public let modSeq: UInt64?

  /// A result.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero; its offset is the index.
  public init(_ numbers: [UInt32], modSeq: UInt64? = nil) throws(SyntaxError) {
    if let zero = numbers.firstIndex(of: 0) { throw SyntaxError(.badNumber, at: zero) }
    self.init(checked: numbers, modSeq.map { min($0, UInt64(Int64.max)) })
  }

  init(checked numbers: [UInt32], _ modSeq: UInt64?) {
    self.numbers = numbers
    self.modSeq = modSeq
  }

  func write(to writer: inout IMAPWriter) {
    for number in numbers {
      writer.append(.space)
      writer.append(decimal: UInt64(number))
    }
    guard let modSeq else { return }
    writer.append(" (MODSEQ ")
    writer.append(decimal: modSeq)
    writer.append(.closeParenthesis)
  }
}
