/// What `SORT` asks for.
///
/// [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3),
/// [RFC 5267 §3](https://www.rfc-editor.org/rfc/rfc5267#section-3) for `RETURN`.
///
///     C: A1 SORT RETURN (PARTIAL 1:100) (REVERSE DATE) UTF-8 UNDELETED
public struct SortRequest: Hashable, Sendable {
  /// By what messages are ordered, the first criterion foremost.
  public let criteria: OneOrMore<SortCriterion>
  /// The charset of the strings, which `SORT` always names.
  public let charset: IMAPString
  /// The keys, all of which must hold; never empty.
  public let keys: [SearchKey]
  /// What is returned; nil for the plain answer, `* SORT`.
  public let returning: SearchReturn?

  /// A request; without keys it is about `ALL` messages.
  public init(
    _ criteria: OneOrMore<SortCriterion>, charset: IMAPString = .utf8, _ keys: [SearchKey],
    returning: SearchReturn? = nil
  ) {
    self.criteria = criteria
    self.charset = charset
    self.keys = keys.isEmpty ? [.all] : keys
    self.returning = returning
  }
}
