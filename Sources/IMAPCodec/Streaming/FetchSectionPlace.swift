/// Which section of which message a streamed literal of a `FETCH` response is.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
///
///     S: * 2 FETCH (UID 9 BODY[1.2]<0> {2048}
public struct FetchSectionPlace: Hashable, Sendable {
  /// The message's sequence number, or its UID when ``isUIDFetch``.
  public let number: UInt32
  /// Whether it is a `UIDFETCH` response, [RFC 9586 §3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3).
  public let isUIDFetch: Bool
  /// The UID when it stands before the section; the whole response may still bring it.
  public let uid: UInt32?
  /// The section.
  public let name: FetchSection.Name
  /// The offset of the content in the section, for an answer to a partial `FETCH`.
  public let origin: UInt64?

  init(number: UInt32, isUIDFetch: Bool, uid: UInt32?, name: FetchSection.Name, origin: UInt64?) {
    self.number = number
    self.isUIDFetch = isUIDFetch
    self.uid = isUIDFetch ? number : uid
    self.name = name
    self.origin = origin
  }
}
