/// Messages by their unique identifier, which stays when others are expunged.
///
/// [RFC 9051 §2.3.1.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.1).
///
///     C: A1 UID FETCH 4827313:4828442 FLAGS
public typealias UIDSet = MessageNumberSet<UniqueIdentifiers>

/// The kind of ``UIDSet``.
@frozen
public enum UniqueIdentifiers: Sendable {}
