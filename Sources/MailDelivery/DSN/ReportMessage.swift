@_spi(MailCodec) import MailWire
public import SMTPCodec

/// A report to the sender of a message about what became of it.
///
/// [RFC 3464](https://www.rfc-editor.org/rfc/rfc3464), [RFC 6522](https://www.rfc-editor.org/rfc/rfc6522),
/// [RFC 6533](https://www.rfc-editor.org/rfc/rfc6533). Whether one is due, ``NotificationRules`` say.
///
/// ```swift
/// var report = ReportMessage(to: sender, status: status, reportingMTA: name, date: now)
/// report.returnContent = parameters.returnContent
/// let composed = report.compose(original)
/// // Send composed.head, then the message itself if composed.includesMessage, then composed.tail.
/// ```
public struct ReportMessage: Sendable {
  /// Who is told: the mailbox of the message's reverse-path, or the postmaster.
  public var recipient: Mailbox
  /// What became of the message. Its `Reporting-MTA` is set when it is absent.
  public var status: ReportStatus
  /// The name of this server.
  public var reportingMTA: Domain
  /// From whom the report is; `MAILER-DAEMON` at ``reportingMTA`` by default.
  public var sender: Mailbox
  /// When the report is made.
  public var date: DateTime
  /// How much of the message comes back if delivery failed, as `RET` said; nil when it did not, which means all of it. Other
  /// reports bring back the header only.
  public var returnContent: ReturnContent?
  /// The most octets of a message that comes back whole; of a larger one the header does. 1,048,576 by default.
  public var maximumReturnedOctets: UInt64 = 1_048_576
  /// Whether the message was sent with `REQUIRETLS`: then its header alone comes back, whatever `RET` said;
  /// [RFC 8689 §5](https://www.rfc-editor.org/rfc/rfc8689#section-5).
  public var requiresTLS = false
  /// Whether the message was sent with `SMTPUTF8`: then its header may hold UTF-8.
  public var isInternationalised = false
  /// Whether the way back carries octets above 127, as servers with `8BITMIME` do; true by default.
  public var allowsEightBit = true
  /// Whether the way back carries UTF-8 in headers, as servers with `SMTPUTF8` do; false by default. Without it the report
  /// about an internationalised message is ASCII and brings back the header in quoted-printable.
  public var allowsUTF8 = false
  /// What the first part says to people instead of the usual text, in lines of at most 998 octets; UTF-8.
  public var explanation: [UInt8]?

  /// A report; everything else has a default.
  public init(to recipient: Mailbox, status: ReportStatus, reportingMTA: Domain, date: DateTime) {
    self.recipient = recipient
    self.status = status
    self.reportingMTA = reportingMTA
    self.date = date
    sender = Mailbox(.mailerDaemon, at: .domain(reportingMTA))
  }

  /// The report about a message.
  ///
  /// The same report and the same `original` give the same octets.
  public func compose(_ original: OriginalMessage) -> ComposedReport {
    var status = status
    if status.reportingMTA == nil { status.reportingMTA = TypedText(reportingMTA) }
    let usesUTF8 = isInternationalised && allowsUTF8
    let fields = status.encoded(isInternationalised: usesUTF8)
    let text = text(status)
    let returnsMessage = returnsMessage(status, original)
    var header = CanonicalHeader(original.header)
    if !header.isPlain, !usesUTF8 || header.hasLongLines { header.quote() }
    guard let boundary = original.boundary(besides: text, fields, header.bytes) else {
      // Nobody but the owner of the generator can have brought this about: such a message comes back without anything.
      return composed(status, original, boundary: original.fallbackBoundary, text, fields, nil, false)
    }
    return composed(
      status, original, boundary: boundary, text, fields, returnsMessage ? nil : header, returnsMessage)
  }

  private func returnsMessage(_ status: ReportStatus, _ original: OriginalMessage) -> Bool {
    guard status.recipients.contains(where: { $0.action == .failed }) else { return false }
    guard returnContent != .headers, !requiresTLS, original.octets <= maximumReturnedOctets else { return false }
    guard !original.isIrregular, original.octets > 0 else { return false }
    return original.isSevenBit || (allowsEightBit && (allowsUTF8 || !isInternationalised))
  }

  private func composed(
    _ status: ReportStatus, _ original: OriginalMessage, boundary: [UInt8], _ text: [UInt8], _ fields: [UInt8],
    _ header: CanonicalHeader?, _ returnsMessage: Bool
  ) -> ComposedReport {
    let usesUTF8 = isInternationalised && allowsUTF8
    let textIsASCII = text.allSatisfy { $0 < 128 }
    let fieldsAreASCII = fields.allSatisfy { $0 < 128 }
    let headerIsASCII = header?.bytes.allSatisfy { $0 < 128 } ?? true
    let isSevenBit = textIsASCII && fieldsAreASCII && headerIsASCII && (original.isSevenBit || !returnsMessage)
    var output = OutboundBuffer()
    writeHeader(status, original, boundary, isSevenBit, to: &output)

    output.appendDelimiter(boundary)
    output.append("Content-Description: Notification\r\nContent-Type: text/plain; charset=")
    output.append(textIsASCII ? "us-ascii\r\n" : "utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")
    output.appendLineEnd()
    output.append(text)

    output.appendDelimiter(boundary)
    output.append("Content-Description: Delivery report\r\nContent-Type: message/")
    output.append(usesUTF8 ? "global-delivery-status\r\n" : "delivery-status\r\n")
    if !fieldsAreASCII { output.append("Content-Transfer-Encoding: 8bit\r\n") }
    output.appendLineEnd()
    output.append(fields)

    if let header, !header.bytes.isEmpty {
      output.appendDelimiter(boundary)
      output.append("Content-Description: Header of the message\r\nContent-Type: ")
      output.append(isInternationalised ? "message/global-headers\r\n" : "text/rfc822-headers\r\n")
      if header.isQuoted {
        output.append("Content-Transfer-Encoding: quoted-printable\r\n")
      } else if !headerIsASCII {
        output.append("Content-Transfer-Encoding: 8bit\r\n")
      }
      output.appendLineEnd()
      output.append(header.bytes)
    }
    if returnsMessage {
      output.appendDelimiter(boundary)
      output.append("Content-Description: The message\r\nContent-Type: message/")
      output.append(usesUTF8 ? "global\r\n" : "rfc822\r\n")
      if !original.isSevenBit { output.append("Content-Transfer-Encoding: 8bit\r\n") }
      output.appendLineEnd()
    }
    var tail = OutboundBuffer()
    tail.append("\r\n--")
    tail.append(boundary)
    tail.append("--\r\n")
    return ComposedReport(
      recipient: recipient, head: output.bytes.copied(), includesMessage: returnsMessage, tail: tail.bytes.copied(),
      body: isSevenBit ? .sevenBit : .eightBitMIME, isInternationalised: usesUTF8 && !isSevenBit)
  }

  private func writeHeader(
    _ status: ReportStatus, _ original: OriginalMessage, _ boundary: [UInt8], _ isSevenBit: Bool,
    to output: inout OutboundBuffer
  ) {
    output.append("From: Mail Delivery System <")
    output.append(sender.bytes)
    output.append(">\r\nTo: <")
    output.append(recipient.bytes)
    output.append(">\r\nSubject: ")
    output.append(Self.subject(status))
    output.append("\r\nDate: ")
    output.append([UInt8](date.description.utf8))
    output.append("\r\nMessage-ID: <")
    output.append(original.token)
    output.append(".report@")
    output.append(reportingMTA.bytes)
    output.append(">\r\n")
    if let identifier = original.messageIdentifier {
      output.append("In-Reply-To: ")
      output.append(identifier)
      output.append("\r\nReferences: ")
      output.append(identifier)
      output.appendLineEnd()
    }
    output.append("Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n")
    output.append("Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"")
    output.append(boundary)
    output.append("\"\r\n")
    if !isSevenBit { output.append("Content-Transfer-Encoding: 8bit\r\n") }
    output.append("\r\nThis is a report in the format of RFC 3464, in parts of MIME.\r\n")
  }

  private static func subject(_ status: ReportStatus) -> StaticString {
    let actions = status.recipients.map { $0.action }
    if actions.contains(.failed) { return "Your message could not be delivered" }
    if actions.contains(.delayed) { return "Your message is delayed" }
    if actions.contains(.relayed) { return "Your message was relayed" }
    return actions.contains(.expanded) ? "Your message was distributed" : "Your message was delivered"
  }
}

extension OutboundBuffer {
  fileprivate mutating func appendDelimiter(_ boundary: [UInt8]) {
    append("\r\n--")
    append(boundary)
    appendLineEnd()
  }
}

extension OriginalMessage {
  /// The last resort, not looked for in the message.
  var fallbackBoundary: [UInt8] { [61, 95] + token + [95, 120] }
}

extension LocalPart {
  static var mailerDaemon: LocalPart {
    LocalPart(unchecked: [77, 65, 73, 76, 69, 82, 45, 68, 65, 69, 77, 79, 78])
  }
}
