@_spi(MailCodec) import MailWire
import SMTPCodec

extension ReportStatus {
  /// The content of the part: fields folded at 76 octets where they can be, lines ended with CRLF.
  ///
  /// - Parameter isInternationalised: writes UTF-8, for `message/global-delivery-status`. Without it everything is ASCII:
  ///   addresses of the type `utf-8` in the encoding of RFC 6533 §3, other octets above 126 as `\xHH`.
  public func encoded(isInternationalised: Bool = false) -> [UInt8] {
    var writer = FieldWriter(isInternationalised: isInternationalised)
    writer.write(.originalEnvelopeIdentifier, originalEnvelopeIdentifier)
    writer.write(.reportingMTA, reportingMTA)
    writer.write(.gateway, gateway)
    writer.write(.receivedFromMTA, receivedFromMTA)
    writer.write(.arrivalDate, arrivalDate)
    writer.write(extensions)
    for recipient in recipients {
      writer.output.appendLineEnd()
      recipient.write(to: &writer)
    }
    return writer.output.bytes.copied()
  }
}

extension RecipientStatus {
  fileprivate func write(to writer: inout FieldWriter) {
    writer.write(.originalRecipient, originalRecipient)
    writer.write(.finalRecipient, finalRecipient)
    if let action {
      writer.begin(StatusFieldName.action.text)
      writer.output.append(action.name)
      writer.output.appendLineEnd()
    }
    if let status { writer.write(StatusFieldName.status.text, [UInt8](status.description.utf8)) }
    writer.write(.remoteMTA, remoteMTA)
    writer.write(.diagnosticCode, diagnosticCode)
    writer.write(.lastAttemptDate, lastAttemptDate)
    writer.write(.finalLogIdentifier, finalLogIdentifier)
    writer.write(.willRetryUntil, action == .delayed ? willRetryUntil : nil)
    writer.write(extensions)
  }
}

/// Writes fields, folded.
struct FieldWriter {
  var output = OutboundBuffer()
  let isInternationalised: Bool
  private var column = 0

  init(isInternationalised: Bool) { self.isInternationalised = isInternationalised }

  mutating func begin(_ name: StaticString) {
    output.append(name)
    output.append(": ")
    column = name.utf8CodeUnitCount + 2
  }

  mutating func write(_ name: StatusFieldName, _ text: FieldText?) {
    if let text { write(name.text, printable(text.bytes)) }
  }

  mutating func write(_ name: StatusFieldName, _ date: DateTime?) {
    if let date { write(name.text, [UInt8](date.description.utf8)) }
  }

  mutating func write(_ name: StatusFieldName, _ typed: TypedText?) {
    guard let typed else { return }
    let isAddress = typed.type.span.isSame(as: "utf-8")
    let text =
      isAddress && !isInternationalised ? UnicodeText.encode(typed.text.bytes.span) : printable(typed.text.bytes)
    write(name.text, (typed.type.isEmpty ? [] : typed.type + [59, 32]) + text)
  }

  mutating func write(_ fields: [StatusField]) {
    for field in fields {
      output.append(field.name)
      output.append(": ")
      column = field.name.count + 2
      fold(printable(field.value.bytes))
    }
  }

  mutating func write(_ name: StaticString, _ text: [UInt8]) {
    begin(name)
    fold(text)
  }

  private func printable(_ text: [UInt8]) -> [UInt8] {
    if isInternationalised, UnicodeText.isUTF8(text.span) { return text }
    guard text.contains(where: { $0 > 126 }) else { return text }
    return Self.escaped(text)
  }

  /// Writes the text with line ends in front of spaces, so that unfolding it gives the text again.
  private mutating func fold(_ text: [UInt8]) {
    var index = 0
    while index < text.count {
      var end = index + 1
      while end < text.count, text[end] != .space { end += 1 }
      // A line of nothing but spaces would end the field.
      if text[index] == .space, end - index > 1, column + end - index > 76 {
        output.appendLineEnd()
        column = 0
      }
      output.append(text.span.extracting(index..<end))
      column += end - index
      index = end
    }
    output.appendLineEnd()
  }
}

extension FieldWriter {
  /// Octets above 126 as `\xHH`.
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      guard byte > 126 else {
        result.append(byte)
        continue
      }
      let digits: [UInt8] = [byte >> 4, byte & 15].map { $0 < 10 ? 48 + $0 : 55 + $0 }
      result += [92, 120] + digits
    }
    return result
  }
}
