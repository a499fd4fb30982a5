@_spi(MailCodec) public import MailWire

extension POP3Command {
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
    case .user(let name): Self.write(.user, name.bytes, to: &output)
    case .password(let password):
      output.append(POP3Keyword.password.text)
      output.append(.space)
      password.secret.withBytes { output.append($0) }
    case .digest(let name, let digest):
      Self.write(.digest, name.bytes, to: &output)
      output.append(.space)
      digest.withText { output.append($0) }
    case .authenticate(let mechanism, let initialResponse):
      Self.write(.authenticate, mechanism.bytes, to: &output)
      if let initialResponse {
        output.append(.space)
        initialResponse.withBytes { bytes in
          if bytes.isEmpty { output.append("=") } else { output.append(Base64.encode(bytes)) }
        }
      }
    case .capabilities: output.append(POP3Keyword.capabilities.text)
    case .startTLS: output.append(POP3Keyword.startTLS.text)
    case .utf8: output.append(POP3Keyword.utf8.text)
    case .language(let range): Self.write(.language, range?.bytes ?? [], to: &output)
    case .status: output.append(POP3Keyword.status.text)
    case .list(let number): Self.write(.list, number, to: &output)
    case .uniqueIDs(let number): Self.write(.uniqueIDs, number, to: &output)
    case .retrieve(let number): Self.write(.retrieve, number, to: &output)
    case .top(let number, let lines):
      Self.write(.top, number, to: &output)
      output.append(.space)
      output.append(decimal: UInt64(clamping: lines))
    case .delete(let number): Self.write(.delete, number, to: &output)
    case .noop: output.append(POP3Keyword.noop.text)
    case .reset: output.append(POP3Keyword.reset.text)
    case .last: output.append(POP3Keyword.last.text)
    case .quit: output.append(POP3Keyword.quit.text)
    case .unknown(let verb, let argument):
      output.append(verb.bytes)
      if let argument {
        output.append(.space)
        output.append(argument.bytes)
      }
    }
    output.appendLineEnd()
  }

  private static func write(_ keyword: POP3Keyword, _ argument: [UInt8], to output: inout OutboundBuffer) {
    output.append(keyword.text)
    guard !argument.isEmpty else { return }
    output.append(.space)
    output.append(argument)
  }

  private static func write(_ keyword: POP3Keyword, _ number: MessageNumber?, to output: inout OutboundBuffer) {
    output.append(keyword.text)
    guard let number else { return }
    output.append(.space)
    output.append(decimal: UInt64(number.value))
  }
}
