@_spi(MailCodec) public import MailWire

/// What `RCPT` says about reports for one recipient.
///
/// [RFC 3461 §4](https://www.rfc-editor.org/rfc/rfc3461#section-4). A relay passes on what it was given; §5.2.1.
///
///     C: RCPT TO:<robert@domain.test> NOTIFY=FAILURE,DELAY ORCPT=rfc822;robert@domain.test
public struct RecipientDSNParameters: Hashable, Sendable {
  /// Of which outcomes the sender wants to hear; empty when it did not say, which is not ``NotifyConditions/never``.
  public var notify: NotifyConditions = []
  /// The address that the sender wrote; nil when it did not say.
  public var originalRecipient: OriginalRecipient?

  /// Parameters with these values.
  public init(notify: NotifyConditions = [], originalRecipient: OriginalRecipient? = nil) {
    self.notify = notify
    self.originalRecipient = originalRecipient
  }

  /// The values of a command's `NOTIFY` and `ORCPT`. A server answers an error with 501.
  ///
  /// - Throws: ``SyntaxError``, as ``NotifyConditions/init(_:)`` and ``OriginalRecipient/init(parameter:)``.
  public init(_ parameters: ESMTPParameters) throws(SyntaxError) {
    if let value = parameters.value(of: .notify) { notify = try NotifyConditions(value.span) }
    if let value = parameters.value(of: .originalRecipient) {
      originalRecipient = try OriginalRecipient(parameter: value.span)
    }
  }

  func write(to output: inout OutboundBuffer) {
    if !notify.isEmpty {
      output.append(" NOTIFY=")
      notify.write(to: &output)
    }
    if let originalRecipient {
      output.append(" ORCPT=")
      output.append(originalRecipient.encoded)
    }
  }
}
