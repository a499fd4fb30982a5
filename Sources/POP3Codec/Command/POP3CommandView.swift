/// A command line, borrowed: the layer without allocations, from which ``POP3Command`` is made.
///
/// The grammar has been checked, but for the base64 of an initial response.
public enum POP3CommandView: ~Escapable {
  /// `USER name`.
  case user(Span<UInt8>)
  /// `PASS string`: all that follows the one space.
  case password(Span<UInt8>)
  /// `APOP name digest`, cut at the last space.
  case digest(name: Span<UInt8>, digest: Span<UInt8>)
  /// `AUTH mechanism`, perhaps with an initial response in base64.
  case authenticate(mechanism: Span<UInt8>, initialResponse: Span<UInt8>?)
  /// `CAPA`.
  case capabilities
  /// `STLS`.
  case startTLS
  /// `UTF8`.
  case utf8
  /// `LANG`, perhaps with a language range.
  case language(Span<UInt8>?)
  /// `STAT`.
  case status
  /// `LIST`, perhaps with a message.
  case list(MessageNumber?)
  /// `UIDL`, perhaps with a message.
  case uniqueIDs(MessageNumber?)
  /// `RETR message`.
  case retrieve(MessageNumber)
  /// `TOP message lines`.
  case top(MessageNumber, lines: Int)
  /// `DELE message`.
  case delete(MessageNumber)
  /// `NOOP`.
  case noop
  /// `RSET`.
  case reset
  /// `LAST`.
  case last
  /// `QUIT`.
  case quit
  /// Anything else: the keyword, and what follows its space.
  case unknown(verb: Span<UInt8>, argument: Span<UInt8>)
}
