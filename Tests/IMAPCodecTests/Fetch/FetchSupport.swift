@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire

func bytes(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

/// Parses one `FETCH` response, and says which quirks it needed.
func parseFetch(
  _ line: String, quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits()
) throws -> (response: FetchResponse, used: IMAPQuirks) {
  try parseFetch(bytes(line), quirks: quirks, limits: limits)
}

func parseFetch(
  _ unit: [UInt8], quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits()
) throws -> (response: FetchResponse, used: IMAPQuirks) {
  var parser = IMAPResponseParser(limits: limits, quirks: quirks)
  let response = FetchResponse(try parser.fetch(unit.span))
  return (response, parser.usedQuirks)
}

func written(_ response: FetchResponse) -> [UInt8] {
  var output = OutboundBuffer()
  response.write(to: &output)
  return output.bytes.copied()
}

/// A seeded source of values with every awkward string in them.
struct FetchGenerator {
  var random: SplitMix64

  mutating func string() -> [UInt8] {
    switch random.below(12) {
    case 0: return []
    case 1: return bytes("NIL")
    case 2: return bytes("with \"quotes\" and \\")
    case 3: return bytes("Grüße")
    case 4: return bytes("two\r\nlines {5}\r\n")
    case 5: return bytes("(a) [b]")
    default: return (0..<(1 + random.below(30))).map { _ in UInt8(32 + random.below(95)) }
    }
  }

  mutating func optional() -> [UInt8]? { random.below(3) == 0 ? nil : string() }

  mutating func octets() -> MessageOctets { optional().map { .inline($0) } ?? .none }

  mutating func addresses() throws -> [EnvelopeAddress] {
    var list: [EnvelopeAddress] = []
    for _ in 0..<random.below(4) {
      list.append(try EnvelopeAddress(name: optional(), sourceRoute: optional(), mailbox: optional(), host: optional()))
    }
    return list
  }

  mutating func envelope() throws -> MessageEnvelope {
    try MessageEnvelope(
      date: optional(), subject: optional(), from: addresses(), sender: addresses(), replyTo: addresses(),
      to: addresses(), cc: addresses(), bcc: addresses(), inReplyTo: optional(), messageID: optional())
  }

  mutating func parameters() throws -> [BodyParameter] {
    var list: [BodyParameter] = []
    for _ in 0..<random.below(3) { list.append(try BodyParameter(name: string(), value: string())) }
    return list
  }

  mutating func fields(_ type: String, _ subtype: String) throws -> BodyFields {
    var fields = BodyFields(type, subtype, octets: random.next() >> 1)
    fields.parameters = try parameters()
    fields.contentID = optional()
    fields.contentDescription = optional()
    fields.encoding = string()
    fields.md5 = optional()
    if random.below(2) == 0 { fields.disposition = BodyDisposition(string(), parameters: try parameters()) }
    for _ in 0..<random.below(3) { fields.languages.append(string()) }
    fields.location = optional()
    return fields
  }

  mutating func structure(depth: Int) throws -> BodyStructure {
    switch depth > 0 ? random.below(4) : random.below(2) {
    case 0: return try BodyStructure(fields("text", "plain"), lines: UInt64(random.below(1_000)))
    case 1: return try BodyStructure(fields("image", "png"))
    case 2:
      return try BodyStructure(
        fields("message", "rfc822"), enclosing: structure(depth: depth - 1), envelope: envelope(), lines: 7)
    default:
      var parts: [BodyStructure] = []
      for _ in 0...random.below(3) { parts.append(try structure(depth: depth - 1)) }
      return try BodyStructure(fields("", "mixed"), parts: parts)
    }
  }

  mutating func item() throws -> FetchItem {
    switch random.below(13) {
    case 0: return .envelope(try envelope())
    case 1: return .bodyStructure(try structure(depth: 3))
    case 2:
      let section = try SectionSpecifier(SectionPath([1, 2]), .mimeHeader)
      return .section(try FetchSection(.body(section), origin: 7, content: optional()))
    case 3: return .section(try FetchSection(.binary(SectionPath([3])), content: [0, 1, 13, 10, 255]))
    case 4: return .section(try FetchSection(.messageText, content: string()))
    case 5: return .binarySize(try SectionPath([4, 5]), random.next() >> 1)
    case 6: return .emailID(try ObjectID("M-6_x"))
    case 7: return .threadID(random.below(2) == 0 ? nil : try ObjectID("T1"))
    case 8: return .preview(optional())
    case 9: return .saveDate(random.below(2) == 0 ? nil : try IMAPDateTime(secondsSince1970: 1_700_000_000))
    case 10: return .gmailMessageID(random.next())
    case 11: return .gmailLabels([string(), bytes("\\Inbox")])
    default: return .unknown(try UnknownFetchItem("X-COLOUR", text: bytes("(red 3 (\"a)\" NIL))")))
    }
  }

  mutating func response() throws -> FetchResponse {
    var items: [FetchItem] = []
    for _ in 0..<random.below(5) { items.append(try item()) }
    var flags = FlagSet([.seen, .deleted])
    if random.below(2) == 0 { flags.insert(try Flag("$Label1")) }
    return try FetchResponse(
      UInt32(1 + random.below(1_000_000)), uid: random.below(2) == 0 ? nil : 5,
      flags: random.below(2) == 0 ? nil : flags,
      internalDate: random.below(2) == 0 ? nil : try IMAPDateTime(secondsSince1970: 1_600_000_000, zone: 90),
      size: random.below(2) == 0 ? nil : random.next() >> 1, modSeq: random.below(2) == 0 ? nil : random.next() >> 1,
      items: items)
  }
}
