/// Messages by their place in the mailbox, 1 for the first.
///
/// [RFC 9051 §2.3.1.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.2).
///
///     C: A1 FETCH 2,4:7,9,12:* FLAGS
public typealias SequenceSet = MessageNumberSet<SequenceNumbers>

/// The kind of ``SequenceSet``.
@frozen
public enum SequenceNumbers: Sendable {}
