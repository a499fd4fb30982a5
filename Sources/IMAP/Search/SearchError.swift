/// Why a search cannot be carried out.
public enum SearchError: Error, Hashable, Sendable {
  /// The strings are in a charset that nobody here knows: answer `NO [BADCHARSET]`,
  /// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4).
  case badCharset
  /// A key is unknown, or of a kind that needs another server: answer `BAD`.
  case unknownKey
}
