@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

/// A line of a response of several lines.
enum POP3Row: TapValue {
  case capability(POP3Capability)
  case size(ScanListing)
  case uniqueID(UniqueIDListing)
  /// A line of which nothing is known but that it is one.
  case text([UInt8])
  /// The dot.
  case end

  /// What the lines of a response are.
  enum Form {
    case capability
    case size
    case uniqueID
    case text
  }

  /// Parses a line without its ending, and without the dot that is put before one that begins with a dot.
  init(
    parsing line: Span<UInt8>, as form: Form, quirks: POP3Quirks, used: inout POP3Quirks
  ) throws(SyntaxError) {
    switch form {
    case .capability: self = .capability(try POP3Capability(parsing: line, quirks: quirks, used: &used))
    case .size: self = .size(try ScanListing(parsing: line, quirks: quirks, used: &used))
    case .uniqueID:
      self = .uniqueID(UniqueIDListing(try UniqueIDListingView.parse(line, quirks: quirks, used: &used)))
    case .text: self = .text(line.copied())
    }
  }

  var kind: String {
    switch self {
    case .capability: "capability"
    case .size: "scan-listing"
    case .uniqueID: "unique-id"
    case .text: "line"
    case .end: "end"
    }
  }

  var details: [Detail] {
    switch self {
    case .capability(let capability):
      [Detail("keyword", octets: capability.keyword.bytes)]
        + (capability.parameters.isEmpty ? [] : [Detail("parameters", octets: capability.parameters)])
    case .size(let row): [Detail("message", row.number.value), Detail("octets", row.octets)]
    case .uniqueID(let row): [Detail("message", row.number.value), Detail("unique-id", octets: row.uniqueID.bytes)]
    case .text(let text): [Detail("text", octets: text)]
    case .end: []
    }
  }

  var canonical: Canonical {
    var output = OutboundBuffer()
    switch self {
    case .capability(let capability):
      capability.write(to: &output)
      return .octets(output.bytes.copied())
    case .size(let row): row.write(to: &output)
    case .uniqueID(let row): row.write(to: &output)
    case .text(let text):
      if text.first == .dot { output.append(.dot) }
      output.append(text)
    case .end: output.append(.dot)
    }
    output.appendLineEnd()
    return .octets(output.bytes.copied())
  }
}
