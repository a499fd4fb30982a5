@_spi(MailCodec) import MailWire
public import SMTPCodec

/// A report that is ready to be sent, with the envelope that it must have.
///
/// The envelope's reverse-path is ``SMTPCodec/ReversePath/null`` and nothing else:
/// [RFC 3461 §6.1](https://www.rfc-editor.org/rfc/rfc3461#section-6.1).
///
///     C: MAIL FROM:<>
///     C: RCPT TO:<susan@website.test> NOTIFY=NEVER
public struct ComposedReport: Hashable, Sendable {
  /// Who gets it.
  public let recipient: Mailbox
  /// What comes first.
  public let head: [UInt8]
  /// Whether the whole message follows ``head``, octet for octet as it was given to ``OriginalMessage``.
  public let includesMessage: Bool
  /// What comes last.
  public let tail: [UInt8]
  /// What octets the report holds, for the `BODY` parameter of `MAIL`.
  public let body: BodyType
  /// Whether it needs `SMTPUTF8`.
  public let isInternationalised: Bool

  /// Always ``SMTPCodec/ReversePath/null``: no report answers a report.
  public var sender: ReversePath { .null }

  /// What `RCPT` must say: `NOTIFY=NEVER`.
  public var parameters: RecipientDSNParameters { RecipientDSNParameters(notify: .never) }

  /// The whole report.
  ///
  /// - Parameter message: the message that it is about; not used unless ``includesMessage``.
  public func bytes(message: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(head.count + tail.count + (includesMessage ? message.count : 0))
    output += head
    if includesMessage { output.append(message) }
    output += tail
    return output
  }
}
