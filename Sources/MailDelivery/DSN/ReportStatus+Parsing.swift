@_spi(MailCodec) import MailWire
public import SMTPCodec

extension ReportStatus {
  /// The most recipients that are read from one report; further ones are left out.
  public static let maximumRecipients = 1000
  /// The most further fields that are kept of one block; further ones are left out.
  public static let maximumExtensions = 32

  /// Reads the content of a `message/delivery-status` part as real servers make it.
  ///
  /// Any octets can be read. What a field's grammar does not allow leaves its property nil; of a field that occurs twice the
  /// first one counts; a block is about a recipient when it has one of a recipient's fields, wherever it stands.
  public init(parsing content: Span<UInt8>) {
    self.init(reportingMTA: nil, recipients: [])
    var offset = 0
    while offset < content.count {
      let rest = content.extracting(droppingFirst: offset)
      var fields = HeaderFields(rest)
      var recipient = RecipientStatus(nil, nil, nil)
      var isRecipient = false
      var others: [StatusField] = []
      while let field = fields.next() {
        let value = rest.extracting(field.value)
        guard let name = StatusFieldName(rest.extracting(field.name)) else {
          if others.count < Self.maximumExtensions, let other = StatusField(name: rest.extracting(field.name), value) {
            others.append(other)
          }
          continue
        }
        if name.isOfRecipient {
          isRecipient = true
          recipient.set(name, value)
        } else {
          set(name, value)
        }
      }
      offset += max(fields.offset, 1)
      if isRecipient {
        recipient.extensions = others
        if recipients.count < Self.maximumRecipients { recipients.append(recipient) }
      } else {
        extensions += others.prefix(Self.maximumExtensions - extensions.count)
      }
    }
  }

  private mutating func set(_ name: StatusFieldName, _ value: Span<UInt8>) {
    switch name {
    case .originalEnvelopeIdentifier: originalEnvelopeIdentifier = originalEnvelopeIdentifier ?? FieldText(value)
    case .reportingMTA: reportingMTA = reportingMTA ?? TypedText(field: value)
    case .gateway: gateway = gateway ?? TypedText(field: value)
    case .receivedFromMTA: receivedFromMTA = receivedFromMTA ?? TypedText(field: value)
    case .arrivalDate: arrivalDate = arrivalDate ?? DateTime(value)
    case .originalRecipient, .finalRecipient, .action, .status, .remoteMTA, .diagnosticCode, .lastAttemptDate,
      .finalLogIdentifier, .willRetryUntil:
      break
    }
  }
}

extension RecipientStatus {
  fileprivate mutating func set(_ name: StatusFieldName, _ value: Span<UInt8>) {
    switch name {
    case .originalRecipient: originalRecipient = originalRecipient ?? TypedText(address: value)
    case .finalRecipient: finalRecipient = finalRecipient ?? TypedText(address: value)
    case .action:
      guard action == nil, let text = FieldText(value) else { return }
      action = DeliveryAction(text.bytes.span)
    case .status:
      guard status == nil, let text = FieldText(value) else { return }
      status = EnhancedStatusCode(front: text.bytes)
    case .remoteMTA: remoteMTA = remoteMTA ?? TypedText(field: value)
    case .diagnosticCode: diagnosticCode = diagnosticCode ?? TypedText(field: value)
    case .lastAttemptDate: lastAttemptDate = lastAttemptDate ?? DateTime(value)
    case .finalLogIdentifier: finalLogIdentifier = finalLogIdentifier ?? FieldText(value)
    case .willRetryUntil: willRetryUntil = willRetryUntil ?? DateTime(value)
    case .originalEnvelopeIdentifier, .reportingMTA, .gateway, .receivedFromMTA, .arrivalDate: break
    }
  }

  /// The SMTP reply code that the diagnostic begins with; nil when there is none.
  public var replyCode: SMTPReplyCode? {
    guard let diagnosticCode else { return nil }
    var cursor = ByteCursor(diagnosticCode.text.bytes.span)
    guard let number = cursor.takeNumber(upTo: 599), cursor.offset == 3 else { return nil }
    return SMTPReplyCode(UInt16(truncatingIfNeeded: number))
  }
}

extension TypedText {
  /// Reads an address; one of the type `utf-8` is decoded.
  fileprivate init?(address value: Span<UInt8>) {
    guard let typed = TypedText(field: value) else { return nil }
    let parameter = typed.type + [59] + typed.text.bytes
    if typed.type.span.isSame(as: "utf-8"), let recipient = try? OriginalRecipient(parameter: parameter.span) {
      self = TypedText(recipient)
    } else {
      self = typed
    }
  }
}

extension EnhancedStatusCode {
  /// The code that a text begins with, whatever follows: servers add comments.
  fileprivate init?(front text: [UInt8]) {
    var cursor = ByteCursor(text.span)
    guard
      let first = cursor.takeNumber(upTo: 9), first == 2 || first == 4 || first == 5, cursor.skip(.dot),
      let subject = cursor.takeNumber(upTo: 999), cursor.skip(.dot), let detail = cursor.takeNumber(upTo: 999)
    else { return nil }
    self.init(UInt8(first), UInt16(subject), UInt16(detail))
  }
}
