/// Where a field of a header lies in the octets of its message.
///
/// [RFC 5322 §2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2)
///
///     Subject: a text that is
///      folded
@frozen
public struct HeaderField: Hashable, Sendable {
  /// The name, without the colon and the spaces that old messages have before it.
  public let name: Range<Int>
  /// What stands behind the colon, folds included, without the last line end.
  public let value: Range<Int>
  /// The whole field with its last line end.
  public let range: Range<Int>

  /// A field that lies there.
  @inlinable
  public init(name: Range<Int>, value: Range<Int>, range: Range<Int>) {
    self.name = name
    self.value = value
    self.range = range
  }
}
