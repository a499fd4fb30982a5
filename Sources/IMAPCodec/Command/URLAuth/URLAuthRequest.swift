/// A URL that `GENURLAUTH` shall authorise.
///
/// [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7).
///
///     C: A1 GENURLAUTH "imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred" INTERNAL
public struct URLAuthRequest: Hashable, Sendable {
  /// The URL without its verifier; ``IMAPURL`` takes it apart.
  public let url: IMAPString
  /// The mechanism, such as ``IMAPAtom/internal``.
  public let mechanism: IMAPAtom

  /// A request.
  public init(_ url: IMAPString, mechanism: IMAPAtom = .internal) {
    self.url = url
    self.mechanism = mechanism
  }
}
