@_spi(MailCodec) import MailWire

/// The fields that have properties of their own.
enum StatusFieldName: CaseIterable {
  case originalEnvelopeIdentifier, reportingMTA, gateway, receivedFromMTA, arrivalDate
  case originalRecipient, finalRecipient, action, status, remoteMTA, diagnosticCode, lastAttemptDate
  case finalLogIdentifier, willRetryUntil

  var text: StaticString {
    switch self {
    case .originalEnvelopeIdentifier: "Original-Envelope-Id"
    case .reportingMTA: "Reporting-MTA"
    case .gateway: "DSN-Gateway"
    case .receivedFromMTA: "Received-From-MTA"
    case .arrivalDate: "Arrival-Date"
    case .originalRecipient: "Original-Recipient"
    case .finalRecipient: "Final-Recipient"
    case .action: "Action"
    case .status: "Status"
    case .remoteMTA: "Remote-MTA"
    case .diagnosticCode: "Diagnostic-Code"
    case .lastAttemptDate: "Last-Attempt-Date"
    case .finalLogIdentifier: "Final-Log-ID"
    case .willRetryUntil: "Will-Retry-Until"
    }
  }

  /// Whether the field is about one recipient.
  var isOfRecipient: Bool {
    switch self {
    case .originalEnvelopeIdentifier, .reportingMTA, .gateway, .receivedFromMTA, .arrivalDate: false
    case .originalRecipient, .finalRecipient, .action, .status, .remoteMTA, .diagnosticCode, .lastAttemptDate,
      .finalLogIdentifier, .willRetryUntil:
      true
    }
  }

  init?(_ name: Span<UInt8>) {
    for field in Self.allCases where name.isSame(as: field.text) {
      self = field
      return
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Whether the octets are these letters, in either case.
  func isSame(as text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    var output = OutboundBuffer()
    output.append(text)
    return hasSameLetters(as: output.bytes)
  }
}
