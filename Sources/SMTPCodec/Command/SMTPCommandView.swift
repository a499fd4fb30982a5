/// A command line, borrowed: the layer without allocations, from which ``SMTPCommand`` is made.
///
/// [RFC 5321 §4.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1). The grammar has been checked.
public enum SMTPCommandView: ~Escapable {
  /// `HELO name`.
  case helo(Span<UInt8>)
  /// `EHLO name`.
  case ehlo(Span<UInt8>)
  /// `MAIL FROM:<path> parameters`.
  case mail(PathView, ESMTPParametersView)
  /// `RCPT TO:<path> parameters`.
  case recipient(PathView, ESMTPParametersView)
  /// `DATA`.
  case data
  /// `BDAT octets`, perhaps with `LAST`.
  case chunk(octets: UInt64, isLast: Bool)
  /// `RSET`.
  case reset
  /// `NOOP`, with an argument that means nothing.
  case noop(Span<UInt8>)
  /// `QUIT`.
  case quit
  /// `VRFY argument`.
  case verify(Span<UInt8>)
  /// `EXPN argument`.
  case expand(Span<UInt8>)
  /// `HELP`, perhaps with a topic.
  case help(Span<UInt8>)
  /// `STARTTLS`.
  case startTLS
  /// `AUTH mechanism`, perhaps with an initial response in base64.
  case authenticate(mechanism: Span<UInt8>, initialResponse: Span<UInt8>?)
  /// Anything else: the verb, and what follows its space.
  case unknown(verb: Span<UInt8>, argument: Span<UInt8>)
}
