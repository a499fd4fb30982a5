public import MailWire

/// A list that the grammar does not allow to be empty.
///
///     C: A1 ENABLE CONDSTORE QRESYNC
public struct OneOrMore<Element: Hashable & Sendable>: Hashable, Sendable {
  /// The elements, in order.
  public let elements: [Element]

  /// The elements of a list.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none.
  public init(_ elements: [Element]) throws(SyntaxError) {
    guard !elements.isEmpty else { throw SyntaxError(.empty, at: 0) }
    self.elements = elements
  }

  /// These elements.
  public init(_ first: Element, _ others: Element...) { elements = [first] + others }

  init(unchecked elements: [Element]) { self.elements = elements }

  /// How many there are.
  public var count: Int { elements.count }
}
