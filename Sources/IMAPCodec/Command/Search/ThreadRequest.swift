/// What `THREAD` asks for.
///
/// [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3).
///
///     C: A1 THREAD REFERENCES UTF-8 SINCE 5-Mar-2000
public struct ThreadRequest: Hashable, Sendable {
  /// The algorithm, such as ``IMAPAtom/references``.
  public let algorithm: IMAPAtom
  /// The charset of the strings, which `THREAD` always names.
  public let charset: IMAPString
  /// The keys, all of which must hold; never empty.
  public let keys: [SearchKey]

  /// A request; without keys it is about `ALL` messages.
  public init(_ algorithm: IMAPAtom, charset: IMAPString = .utf8, _ keys: [SearchKey]) {
    self.algorithm = algorithm
    self.charset = charset
    self.keys = keys.isEmpty ? [.all] : keys
  }
}
