@_spi(MailCodec) import MailWire
import SMTPCodec

extension ReportMessage {
  /// The first part, for people.
  func text(_ status: ReportStatus) -> [UInt8] {
    if let explanation { return CanonicalHeader(explanation).bytes }
    var output = OutboundBuffer()
    output.append("This is the mail server ")
    output.append(reportingMTA.bytes)
    output.append(".\r\n")
    for action in DeliveryAction.allCases {
      let recipients = status.recipients.filter { $0.action == action }
      guard !recipients.isEmpty else { continue }
      output.appendLineEnd()
      output.append(Self.introduction(action))
      output.appendLineEnd()
      for recipient in recipients { Self.append(recipient, to: &output) }
    }
    return output.bytes.copied()
  }

  private static func introduction(_ action: DeliveryAction) -> StaticString {
    switch action {
    case .failed:
      "Your message could not be delivered to these recipients, and it\r\nwill not be tried again:\r\n"
    case .delayed:
      "Your message has not yet been delivered to these recipients. You\r\nneed not send it again; it will be tried further:\r\n"
    case .delivered: "Your message was delivered to these recipients:\r\n"
    case .relayed:
      "Your message was handed to a server that does not report delivery,\r\nfor these recipients:\r\n"
    case .expanded: "Your message was sent on to the members of these addresses:\r\n"
    }
  }

  private static func append(_ recipient: RecipientStatus, to output: inout OutboundBuffer) {
    var line: [UInt8] = [32, 32, 60]
    line += ascii(recipient.finalRecipient?.text.bytes ?? [])
    line.append(62)
    output.append(line)
    output.appendLineEnd()
    if let diagnostic = recipient.diagnosticCode {
      var text: [UInt8] = []
      if let remote = recipient.remoteMTA { text += ascii(remote.text.bytes) + [UInt8](" said: ".utf8) }
      wrap(text + ascii(diagnostic.text.bytes), to: &output)
    } else if let status = recipient.status {
      wrap([UInt8]("status \(status)".utf8), to: &output)
    }
    if recipient.action == .delayed, let until = recipient.willRetryUntil {
      wrap([UInt8]("will be tried until \(until)".utf8), to: &output)
    }
  }

  /// A paragraph, indented, broken at spaces behind column 72.
  private static func wrap(_ text: [UInt8], to output: inout OutboundBuffer) {
    var column = 0
    for word in text.split(separator: UInt8.space) {
      if column == 0 || column + 1 + word.count > 72 {
        if column > 0 { output.appendLineEnd() }
        output.append("     ")
        column = 5
      } else {
        output.append(.space)
        column += 1
      }
      output.append(word.span)
      column += word.count
    }
    if column > 0 { output.appendLineEnd() }
  }

  private static func ascii(_ text: [UInt8]) -> [UInt8] { text.map { $0 > 126 ? 63 : $0 } }
}
