/// What an address field of an envelope says: single addresses, and groups with their members.
///
/// [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)
@frozen
public enum EnvelopeEntry: Hashable, Sendable {
  /// An address outside of any group.
  case address(EnvelopeAddress)
  /// A group's name and its members.
  ///
  ///     (NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)
  case group(name: [UInt8], members: [EnvelopeAddress])
}
