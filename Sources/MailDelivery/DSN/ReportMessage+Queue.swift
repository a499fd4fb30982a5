public import MailWire
public import SMTPCodec

extension ReportMessage {
  /// The message for a report that the queue says is due.
  ///
  /// - Parameters:
  ///   - report: what the queue said.
  ///   - reportingMTA: the name of this server.
  ///   - now: the time on the clock of the machines.
  ///   - date: the same time as a date, from which the dates of the report are reckoned.
  public init(_ report: DeliveryReport, reportingMTA: Domain, now: Instant, date: DateTime) {
    let recipients = report.recipients.map { item in
      let action = item.action
      var recipient = RecipientStatus(
        TypedText(item.recipient.mailbox), action, Self.status(item.status, action))
      recipient.originalRecipient = item.recipient.dsn.originalRecipient.map { TypedText($0) }
      // RFC 3461 §6.3 (h), (i): a server that was asked, and what it said.
      if let status = item.status {
        recipient.remoteMTA = TypedText("dns", status.host.span)
        recipient.diagnosticCode = status.reply.map { TypedText($0) }
      }
      recipient.lastAttemptDate = item.lastAttempt.map { date.advanced(by: now.duration(to: $0)) }
      if action == .delayed { recipient.willRetryUntil = date.advanced(by: now.duration(to: report.expiry)) }
      return recipient
    }
    var status = ReportStatus(reportingMTA: TypedText(reportingMTA), recipients: recipients)
    status.originalEnvelopeIdentifier = report.dsn.envelopeIdentifier.flatMap { FieldText($0.bytes.span) }
    status.arrivalDate = date.advanced(by: now.duration(to: report.arrival))
    self.init(to: report.sender, status: status, reportingMTA: reportingMTA, date: date)
    returnContent = report.dsn.returnContent
    requiresTLS = report.requiresTLS
  }

  /// The class follows from what was done, except that what failed after many attempts keeps the 4 of the last one:
  /// RFC 3464 §2.3.3.
  private static func status(_ status: DeliveryStatus?, _ action: DeliveryAction) -> EnhancedStatusCode {
    if let status { return status.code }
    switch action {
    case .failed: return EnhancedStatusCode(5, 0, 0)
    case .delayed: return EnhancedStatusCode(4, 0, 0)
    case .delivered, .relayed, .expanded: return EnhancedStatusCode(2, 0, 0)
    }
  }
}

extension DateTime {
  /// The date `duration` later, in the same zone.
  public func advanced(by duration: Duration) -> DateTime {
    let seconds = duration.components.seconds
    let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
    return DateTime(secondsSince1970: overflow ? (seconds < 0 ? .min : .max) : sum, zoneMinutes: zoneMinutes)
  }
}
