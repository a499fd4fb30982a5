@_spi(MailCodec) public import MailWire

/// A command of the client.
///
/// [RFC 5321 §4.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1). A value is always writable: nothing that can be
/// constructed holds a CR, an LF or a NUL.
///
///     C: MAIL FROM:<susan@website.test> SIZE=1042
@nonexhaustive
public enum SMTPCommand: Equatable, Sendable {
  /// `HELO name`: begins a session without extensions.
  case helo(HelloName)
  /// `EHLO name`: begins a session and asks for the extensions.
  case ehlo(HelloName)
  /// `MAIL FROM:<path>`: begins a transaction.
  case mail(ReversePath, ESMTPParameters)
  /// `RCPT TO:<path>`: adds a recipient.
  case recipient(ForwardPath, ESMTPParameters)
  /// `DATA`: asks to send the message.
  case data
  /// `BDAT octets [LAST]`: a part of the message, which follows the line at once; `LAST` ends the message.
  ///
  /// [RFC 3030 §2](https://www.rfc-editor.org/rfc/rfc3030#section-2).
  case chunk(octets: UInt64, isLast: Bool)
  /// `RSET`: ends the transaction without a message.
  case reset
  /// `NOOP`: asks for a reply.
  case noop(SMTPText)
  /// `QUIT`: ends the session.
  case quit
  /// `VRFY`: asks whether a mailbox exists.
  case verify(SMTPText)
  /// `EXPN`: asks for the members of a list.
  case expand(SMTPText)
  /// `HELP`, perhaps with a topic.
  case help(SMTPText)
  /// `STARTTLS`: [RFC 3207](https://www.rfc-editor.org/rfc/rfc3207).
  case startTLS
  /// `AUTH`: [RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4).
  case authenticate(SASLMechanism, initialResponse: InitialResponse?)
  /// A verb that is not in this list, and its argument.
  case unknown(SMTPVerb, SMTPText)

  /// The command of a view, copied: no allocation without an argument, one for an argument, two with parameters.
  public init(_ view: SMTPCommandView) {
    switch view {
    case .helo(let name): self = .helo(HelloName(unchecked: name.copied()))
    case .ehlo(let name): self = .ehlo(HelloName(unchecked: name.copied()))
    case .mail(let path, let parameters): self = .mail(ReversePath(path), ESMTPParameters(parameters))
    case .recipient(let path, let parameters): self = .recipient(ForwardPath(path), ESMTPParameters(parameters))
    case .data: self = .data
    case .chunk(let octets, let isLast): self = .chunk(octets: octets, isLast: isLast)
    case .reset: self = .reset
    case .noop(let argument): self = .noop(SMTPText(unchecked: argument.copied()))
    case .quit: self = .quit
    case .verify(let argument): self = .verify(SMTPText(unchecked: argument.copied()))
    case .expand(let argument): self = .expand(SMTPText(unchecked: argument.copied()))
    case .help(let argument): self = .help(SMTPText(unchecked: argument.copied()))
    case .startTLS: self = .startTLS
    case .authenticate(let mechanism, let initialResponse):
      let name = SASLMechanism(checked: mechanism)
      if let initialResponse {
        self = .authenticate(name, initialResponse: InitialResponse(unchecked: initialResponse.copied()))
      } else {
        self = .authenticate(name, initialResponse: nil)
      }
    case .unknown(let verb, let argument):
      self = .unknown(SMTPVerb(validated: ValidatedToken(verb.copied())), SMTPText(unchecked: argument.copied()))
    }
  }

  /// Parses one line without its line ending.
  ///
  /// - Throws: ``SyntaxError``, as ``SMTPCommandView/parse(_:quirks:used:)``.
  public init(_ line: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    var used = SMTPQuirks.none
    self.init(try SMTPCommandView.parse(line, quirks: quirks, used: &used))
  }
}
