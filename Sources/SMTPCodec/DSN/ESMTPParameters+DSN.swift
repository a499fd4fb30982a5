@_spi(MailCodec) import MailWire

extension ESMTPKeyword {
  /// `RET`, how much of a message a report brings back, [RFC 3461 §4.3](https://www.rfc-editor.org/rfc/rfc3461#section-4.3).
  public static let returnContent = ESMTPKeyword(validated: ValidatedToken([82, 69, 84]))
  /// `ENVID`, the sender's name for the transaction,
  /// [RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4).
  public static let envelopeIdentifier = ESMTPKeyword(validated: ValidatedToken([69, 78, 86, 73, 68]))
  /// `NOTIFY`, of which outcomes the sender hears, [RFC 3461 §4.1](https://www.rfc-editor.org/rfc/rfc3461#section-4.1).
  public static let notify = ESMTPKeyword(validated: ValidatedToken([78, 79, 84, 73, 70, 89]))
  /// `ORCPT`, the address that the sender wrote, [RFC 3461 §4.2](https://www.rfc-editor.org/rfc/rfc3461#section-4.2).
  public static let originalRecipient = ESMTPKeyword(validated: ValidatedToken([79, 82, 67, 80, 84]))
}

extension EHLOKeyword {
  /// `DSN`, the parameters of reports, [RFC 3461 §3](https://www.rfc-editor.org/rfc/rfc3461#section-3).
  public static let dsn = EHLOKeyword(validated: ValidatedToken([68, 83, 78]))
}

extension ESMTPParameters {
  /// These parameters of `MAIL` with `RET` and `ENVID` behind them, in place of any that were there.
  public func adding(_ request: MessageDSNParameters) -> ESMTPParameters {
    var output = OutboundBuffer()
    copy(except: .returnContent, .envelopeIdentifier, to: &output)
    request.write(to: &output)
    return ESMTPParameters(written: output)
  }

  /// These parameters of `RCPT` with `NOTIFY` and `ORCPT` behind them, in place of any that were there.
  public func adding(_ request: RecipientDSNParameters) -> ESMTPParameters {
    var output = OutboundBuffer()
    copy(except: .notify, .originalRecipient, to: &output)
    request.write(to: &output)
    return ESMTPParameters(written: output)
  }

  private func copy(except first: ESMTPKeyword, _ second: ESMTPKeyword, to output: inout OutboundBuffer) {
    ESMTPParametersView(unchecked: bytes.span).forEach { name, value in
      guard !name.hasSameLetters(as: first.bytes.span), !name.hasSameLetters(as: second.bytes.span) else { return }
      output.append(.space)
      output.append(name)
      if let value {
        output.append(61)
        output.append(value)
      }
    }
  }

  /// What was written, without its leading space.
  private init(written output: OutboundBuffer) {
    self.init(ESMTPParametersView(unchecked: output.bytes.extracting(droppingFirst: output.isEmpty ? 0 : 1)))
  }
}
