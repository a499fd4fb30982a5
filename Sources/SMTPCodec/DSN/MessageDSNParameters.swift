@_spi(MailCodec) public import MailWire

/// What `MAIL` says about reports for the whole message.
///
/// [RFC 3461 §4](https://www.rfc-editor.org/rfc/rfc3461#section-4). A relay passes on what it was given and adds nothing;
/// §5.2.1.
///
///     C: MAIL FROM:<susan@website.test> RET=HDRS ENVID=QQ314159
public struct MessageDSNParameters: Hashable, Sendable {
  /// How much of the message a report of its failure brings back; nil leaves it to the server.
  public var returnContent: ReturnContent?
  /// The sender's name for the transaction; nil when it gave none.
  public var envelopeIdentifier: EnvelopeIdentifier?

  /// Parameters with these values.
  public init(returnContent: ReturnContent? = nil, envelopeIdentifier: EnvelopeIdentifier? = nil) {
    self.returnContent = returnContent
    self.envelopeIdentifier = envelopeIdentifier
  }

  /// The values of a command's `RET` and `ENVID`. A server answers an error with 501.
  ///
  /// - Throws: ``SyntaxError``, as ``ReturnContent/init(_:)`` and ``EnvelopeIdentifier/init(parameter:)``.
  public init(_ parameters: ESMTPParameters) throws(SyntaxError) {
    if let value = parameters.value(of: .returnContent) { returnContent = try ReturnContent(value.span) }
    if let value = parameters.value(of: .envelopeIdentifier) {
      envelopeIdentifier = try EnvelopeIdentifier(parameter: value.span)
    }
  }

  func write(to output: inout OutboundBuffer) {
    if let returnContent {
      output.append(" RET=")
      output.append(returnContent.value)
    }
    if let envelopeIdentifier {
      output.append(" ENVID=")
      output.append(envelopeIdentifier.encoded)
    }
  }
}
