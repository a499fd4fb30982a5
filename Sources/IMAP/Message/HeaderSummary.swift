import MailMessage
@_spi(MailCodec) import MailWire

/// Where the first fields of the names that a summary needs are in a header, found in one pass.
struct HeaderSummary {
  enum Name: Int, CaseIterable {
    case date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageID, references
    case contentType, contentEncoding, contentID, contentDescription, contentMD5, contentDisposition
    case contentLanguage, contentLocation

    fileprivate init?(_ name: Span<UInt8>) {
      guard name.count <= 25 else { return nil }
      for candidate in Self.allCases where candidate.matches(name) {
        self = candidate
        return
      }
      return nil
    }

    private func matches(_ name: Span<UInt8>) -> Bool {
      let text: StaticString =
        switch self {
        case .date: "date"
        case .subject: "subject"
        case .from: "from"
        case .sender: "sender"
        case .replyTo: "reply-to"
        case .to: "to"
        case .cc: "cc"
        case .bcc: "bcc"
        case .inReplyTo: "in-reply-to"
        case .messageID: "message-id"
        case .references: "references"
        case .contentType: "content-type"
        case .contentEncoding: "content-transfer-encoding"
        case .contentID: "content-id"
        case .contentDescription: "content-description"
        case .contentMD5: "content-md5"
        case .contentDisposition: "content-disposition"
        case .contentLanguage: "content-language"
        case .contentLocation: "content-location"
        }
      guard name.count == text.utf8CodeUnitCount else { return false }
      let letters = unsafe text.utf8Start
      for index in name.indices where unsafe name[index].asciiLowercased != letters[index] { return false }
      return true
    }
  }

  private var values = [Range<Int>?](repeating: nil, count: Name.allCases.count)

  init(_ bytes: Span<UInt8>, _ header: Range<Int>) {
    var reader = HeaderReader(bytes, header)
    while let field = reader.next() {
      guard let name = Name(bytes.extracting(field.name)), values[name.rawValue] == nil else { continue }
      values[name.rawValue] = field.value
    }
  }

  /// The value of a field as it stands in the message; empty without the field.
  @_lifetime(copy bytes)
  func value(_ name: Name, in bytes: Span<UInt8>) -> Span<UInt8> { bytes.extracting(values[name.rawValue] ?? 0..<0) }

  func has(_ name: Name) -> Bool { values[name.rawValue] != nil }

  /// The value of a field in one line; nil without the field.
  func text(_ name: Name, in bytes: Span<UInt8>) -> [UInt8]? {
    has(name) ? HeaderText.unfolded(value(name, in: bytes)) : nil
  }

  /// The value of a field in one line; nil when there is nothing in it.
  func nonEmptyText(_ name: Name, in bytes: Span<UInt8>) -> [UInt8]? {
    text(name, in: bytes).flatMap { $0.isEmpty ? nil : $0 }
  }
}
