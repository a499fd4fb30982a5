@_spi(MailCodec) import MailWire

/// A FETCH item with arguments, or one that this library does not know.
///
/// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5),
/// [RFC 3516 §4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2).
///
///     C: A1 FETCH 1 (BODY.PEEK[1]<0.2048> BINARY.SIZE[2])
@nonexhaustive
public enum FetchRequestItem: Hashable, Sendable {
  /// `BODY[…]`; without `isPeek` the message becomes seen.
  case body(SectionSpecifier, isPeek: Bool, PartialRange?)
  /// `BINARY[…]`: a part without its transfer encoding.
  case binary(SectionPath, isPeek: Bool, PartialRange?)
  /// `BINARY.SIZE[…]`: how large it would be.
  case binarySize(SectionPath)
  /// A name that is not in this list, and a list of arguments if there is one; made by ``unknown(_:_:)``.
  case unknown(IMAPToken, [IMAPValue]?, NestingDepth)
}
