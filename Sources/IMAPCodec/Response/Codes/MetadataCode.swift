/// What a `METADATA` response code says.
///
/// [RFC 5464 §4.2.1](https://www.rfc-editor.org/rfc/rfc5464#section-4.2.1),
/// [RFC 5464 §4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3).
///
///     S: a OK [METADATA LONGENTRIES 2199] GETMETADATA complete
@frozen
public enum MetadataCode: Hashable, Sendable {
  /// `LONGENTRIES`: entries were left out, the largest of which has so many octets.
  case longEntries(UInt32)
  /// `MAXSIZE`: no value can have more octets.
  case maximumSize(UInt32)
  /// `TOOMANY`: there are as many entries as there can be.
  case tooMany
  /// `NOPRIVATE`: the server keeps no private annotations.
  case noPrivate
}
