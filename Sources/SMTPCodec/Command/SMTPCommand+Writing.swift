@_spi(MailCodec) public import MailWire

extension SMTPCommand {
  /// The command as octets, CRLF included.
  public var encoded: [UInt8] {
    var output = OutboundBuffer()
    write(to: &output)
    return output.bytes.copied()
  }

  /// Appends the command and its CRLF.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    switch self {
    case .helo(let name): Self.write("HELO", name.bytes, to: &output)
    case .ehlo(let name): Self.write("EHLO", name.bytes, to: &output)
    case .mail(let path, let parameters):
      output.append("MAIL FROM:")
      path.write(to: &output)
      parameters.write(to: &output)
    case .recipient(let path, let parameters):
      output.append("RCPT TO:")
      path.write(to: &output)
      parameters.write(to: &output)
    case .data: output.append("DATA")
    case .chunk(let octets, let isLast):
      output.append("BDAT ")
      output.append(decimal: octets)
      if isLast { output.append(" LAST") }
    case .reset: output.append("RSET")
    case .noop(let text): Self.write("NOOP", text.bytes, to: &output)
    case .quit: output.append("QUIT")
    case .verify(let text): Self.write("VRFY", text.bytes, to: &output)
    case .expand(let text): Self.write("EXPN", text.bytes, to: &output)
    case .help(let text): Self.write("HELP", text.bytes, to: &output)
    case .startTLS: output.append("STARTTLS")
    case .authenticate(let mechanism, let initialResponse):
      Self.write("AUTH", mechanism.bytes, to: &output)
      if let initialResponse {
        output.append(.space)
        initialResponse.write(to: &output)
      }
    case .unknown(let verb, let text):
      output.append(verb.bytes)
      if !text.bytes.isEmpty {
        output.append(.space)
        output.append(text.bytes)
      }
    }
    output.appendLineEnd()
  }

  private static func write(_ verb: StaticString, _ argument: [UInt8], to output: inout OutboundBuffer) {
    output.append(verb)
    guard !argument.isEmpty else { return }
    output.append(.space)
    output.append(argument)
  }
}
