/// What an address field has: single addresses, and groups.
///
/// [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)
///
///     To: Friends: robert@x.test, susan@y.test;, carol@z.test
@frozen
public enum AddressEntry: Hashable, Sendable {
  /// An address outside of any group.
  case address(MessageAddress)
  /// A group's name and its members, of which there may be none.
  case group(name: [UInt8], members: [MessageAddress])
}
