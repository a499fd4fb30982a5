@_spi(MailCodec) public import MailWire

/// A command of the client.
///
/// [RFC 1939 §9](https://www.rfc-editor.org/rfc/rfc1939#section-9). A value is always writable: nothing that can be
/// constructed holds a CR, an LF or a NUL. Whether a line fits into the 255 octets of
/// [RFC 2449 §4](https://www.rfc-editor.org/rfc/rfc2449#section-4) is for the sender to check.
///
///     C: TOP 1 10
@nonexhaustive
public enum POP3Command: Equatable, Sendable {
  /// `USER name`: names the mailbox.
  case user(POP3Text)
  /// `PASS string`: proves the right to it.
  case password(POP3Password)
  /// `APOP name digest`: both at once, without showing the password.
  case digest(POP3Text, APOPDigest)
  /// `AUTH`: [RFC 5034 §4](https://www.rfc-editor.org/rfc/rfc5034#section-4). The initial response is what it carries, not
  /// its base64.
  case authenticate(SASLMechanism, initialResponse: Secret?)
  /// `CAPA`: asks for the capabilities, [RFC 2449 §5](https://www.rfc-editor.org/rfc/rfc2449#section-5).
  case capabilities
  /// `STLS`: [RFC 2595 §4](https://www.rfc-editor.org/rfc/rfc2595#section-4).
  case startTLS
  /// `UTF8`: [RFC 6856 §2.1](https://www.rfc-editor.org/rfc/rfc6856#section-2.1).
  case utf8
  /// `LANG`: sets or lists the languages of texts, [RFC 6856 §3](https://www.rfc-editor.org/rfc/rfc6856#section-3).
  case language(LanguageRange?)
  /// `STAT`: asks for the number of messages and their octets.
  case status
  /// `LIST`: asks for the octets of one message, or of each.
  case list(MessageNumber?)
  /// `UIDL`: asks for the unique-id of one message, or of each.
  case uniqueIDs(MessageNumber?)
  /// `RETR`: asks for a message.
  case retrieve(MessageNumber)
  /// `TOP`: asks for a message's header and the first lines of its body.
  case top(MessageNumber, lines: Int)
  /// `DELE`: marks a message as deleted.
  case delete(MessageNumber)
  /// `NOOP`: asks for a response.
  case noop
  /// `RSET`: takes all marks back.
  case reset
  /// `LAST`: asks for the highest message accessed; of [RFC 1460](https://www.rfc-editor.org/rfc/rfc1460), gone since.
  case last
  /// `QUIT`: removes the marked messages and ends the session.
  case quit
  /// A keyword that is not in this list, and its argument.
  case unknown(POP3Verb, POP3Text?)

  /// The command of a view, copied: one allocation at most for each argument.
  ///
  /// - Throws: ``SyntaxError`` with the code `badBase64` for an initial response that is none.
  public init(_ view: POP3CommandView) throws(SyntaxError) {
    switch view {
    case .user(let name): self = .user(POP3Text(unchecked: name.copied()))
    case .password(let password): self = .password(POP3Password(unchecked: password.copied()))
    case .digest(let name, let digest):
      self = .digest(POP3Text(unchecked: name.copied()), APOPDigest(unchecked: digest.copied()))
    case .authenticate(let mechanism, let initialResponse):
      let name = SASLMechanism(checked: mechanism)
      if let initialResponse {
        self = .authenticate(name, initialResponse: try POP3Command.initialResponse(initialResponse))
      } else {
        self = .authenticate(name, initialResponse: nil)
      }
    case .capabilities: self = .capabilities
    case .startTLS: self = .startTLS
    case .utf8: self = .utf8
    case .language(let range):
      if let range {
        self = .language(LanguageRange(validated: ValidatedToken(range.copied())))
      } else {
        self = .language(nil)
      }
    case .status: self = .status
    case .list(let number): self = .list(number)
    case .uniqueIDs(let number): self = .uniqueIDs(number)
    case .retrieve(let number): self = .retrieve(number)
    case .top(let number, let lines): self = .top(number, lines: lines)
    case .delete(let number): self = .delete(number)
    case .noop: self = .noop
    case .reset: self = .reset
    case .last: self = .last
    case .quit: self = .quit
    case .unknown(let verb, let argument):
      self = .unknown(
        POP3Verb(validated: ValidatedToken(verb.copied())),
        argument.isEmpty ? nil : POP3Text(unchecked: argument.copied()))
    }
  }

  /// Parses one line without its line ending.
  ///
  /// - Throws: ``SyntaxError``, as ``POP3CommandView/parse(_:quirks:used:)``, and `badBase64`.
  public init(_ line: Span<UInt8>, quirks: POP3Quirks = .none) throws(SyntaxError) {
    var used = POP3Quirks.none
    try self.init(try POP3CommandView.parse(line, quirks: quirks, used: &used))
  }

  /// What base64 carries; an equals sign alone is the empty response.
  package static func initialResponse(_ text: Span<UInt8>) throws(SyntaxError) -> Secret {
    if text.count == 1, text[0] == 61 { return Secret([]) }
    return Secret(try Base64.decode(text))
  }
}
