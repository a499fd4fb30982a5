public import MailWire

/// What `FETCH` asks for: the items without arguments as bits, the others in their order.
///
/// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5). The macros `ALL`, `FAST` and `FULL` are read as
/// what they stand for, and never written.
///
///     C: A1 FETCH 2:4 (FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM)])
public struct FetchItems: Hashable, Sendable {
  /// The items without arguments.
  public internal(set) var attributes: FetchAttributes
  /// The other items.
  public internal(set) var others: [FetchRequestItem]

  /// The items of these sets; bits without a meaning are dropped.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none.
  public init(_ attributes: FetchAttributes, _ others: [FetchRequestItem] = []) throws(SyntaxError) {
    self.init(unchecked: FetchAttributes(rawValue: attributes.rawValue & (1 << 19 - 1)), others)
    guard !self.attributes.isEmpty || !others.isEmpty else { throw SyntaxError(.empty, at: 0) }
  }

  init(unchecked attributes: FetchAttributes, _ others: [FetchRequestItem] = []) {
    self.attributes = attributes
    self.others = others
  }
}
