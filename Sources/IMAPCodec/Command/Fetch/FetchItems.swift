/// What `FETCH` asks for: the items without arguments as bits, the others in their order.
///
/// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5). The macros `ALL`, `FAST` and `FULL` are read as
/// what they stand for, and never written. When nothing is asked for, `UID` is written.
///
///     C: A1 FETCH 2:4 (FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM)])
public struct FetchItems: Hashable, Sendable {
  /// The items without arguments.
  public var attributes: FetchAttributes
  /// The other items.
  public var others: [FetchRequestItem]

  /// The items of these sets.
  public init(_ attributes: FetchAttributes, _ others: [FetchRequestItem] = []) {
    self.attributes = attributes
    self.others = others
  }
}
