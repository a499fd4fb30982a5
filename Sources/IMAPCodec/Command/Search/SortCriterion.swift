public import MailWire

/// By what `SORT` orders messages.
///
/// [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3), [RFC 5957](https://www.rfc-editor.org/rfc/rfc5957).
///
///     C: A1 SORT (SUBJECT REVERSE DATE) UTF-8 ALL
public struct SortCriterion: Hashable, Sendable {
  /// The key of a criterion.
  @nonexhaustive
  public enum Key: Hashable, Sendable {
    /// `ARRIVAL`: when the message arrived.
    case arrival
    /// `CC`: the local part of the first Cc address.
    case cc
    /// `DATE`: the Date field, in UTC.
    case date
    /// `DISPLAYFROM`: the name of the first From address, [RFC 5957](https://www.rfc-editor.org/rfc/rfc5957).
    case displayFrom
    /// `DISPLAYTO`: the name of the first To address, [RFC 5957](https://www.rfc-editor.org/rfc/rfc5957).
    case displayTo
    /// `FROM`: the local part of the first From address.
    case from
    /// `SIZE`: the octets.
    case size
    /// `SUBJECT`: the subject without `Re:` and the like.
    case subject
    /// `TO`: the local part of the first To address.
    case to
    /// `RELEVANCY`: how well the message fits, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
    case relevancy
    /// A key that is not in this list.
    case unknown(UnknownKey)
  }

  /// The name of a key that is not in the list.
  public struct UnknownKey: Hashable, Sendable {
    /// The name.
    public let name: IMAPToken
    /// The strings behind it, such as the two of `ANNOTATION`, [RFC 5257 §4.9](https://www.rfc-editor.org/rfc/rfc5257).
    public let arguments: [IMAPString]

    /// Checks a name.
    ///
    /// - Throws: ``SyntaxError`` with the code `badToken` for `REVERSE` or the name of a known key.
    public init(_ name: IMAPToken, _ arguments: [IMAPString] = []) throws(SyntaxError) {
      guard SortCriterion.known(name.word) == nil, name.word != IMAPWord("reverse") else {
        throw SyntaxError(.badToken, at: 0)
      }
      self.name = name
      self.arguments = arguments
    }
  }

  /// The key.
  public let key: Key
  /// `REVERSE`: the highest first.
  public let isReversed: Bool

  /// A criterion.
  public init(_ key: Key, isReversed: Bool = false) {
    self.key = key
    self.isReversed = isReversed
  }
}
