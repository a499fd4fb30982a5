import MailDelivery
@_spi(MailCodec) import MailWire

/// A message that may be a report: its parts are within it, and what is written of its status is read as the same.
func checkDeliveryReport(_ input: Span<UInt8>) throws(Finding) {
  let report: ReceivedReport
  do throws(NotAReport) {
    report = try ReceivedReport(input)
  } catch {
    return
  }
  for range in [report.explanation, report.returned?.range].compactMap({ $0 }) {
    try require(range.lowerBound >= 0 && range.upperBound <= input.count, "\(range) of \(input.count) octets")
  }
  try require(report.status.recipients.count <= ReportStatus.maximumRecipients, "too many recipients")
  let written = report.status.encoded(isInternationalised: true)
  try require(written.count <= 16 * input.count + 256, "\(written.count) octets written for \(input.count)")
  let again = ReportStatus(parsing: written.span)
  let twice = again.encoded(isInternationalised: true)
  let third = ReportStatus(parsing: twice.span).encoded(isInternationalised: true)
  try require(third == twice, "written again: \(twice.visible) and \(third.visible)")
}
