@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// The parts of the larger values.
enum IMAPDescription {
  static func details(_ response: FetchResponse) -> [Detail] {
    var details = [Detail(response.isUIDFetch ? "uid" : "message", response.number)]
    if let uid = response.uid, !response.isUIDFetch { details.append(Detail("uid", uid)) }
    if let flags = response.flags { details.append(Detail("flags", escaped("\(flags)"))) }
    if let date = response.internalDate { details.append(Detail("internal date", "\(date)")) }
    if let size = response.size { details.append(Detail("octets", size)) }
    if let modSeq = response.modSeq { details.append(Detail("mod-sequence", modSeq)) }
    return details + response.items.map(item)
  }

  private static func item(_ item: FetchItem) -> Detail {
    switch item {
    case .envelope(let envelope): return Detail("envelope", "", details(envelope))
    case .bodyStructure(let structure): return Detail("body structure", "", details(structure))
    case .body(let structure): return Detail("body", "", details(structure))
    case .malformed: return Detail("MALFORMED ITEM", outline(of: item))
    default: return Detail("item", outline(of: item))
    }
  }

  /// An item as it is written, in one line.
  private static func outline(of item: FetchItem) -> String {
    guard let response = try? FetchResponse(1, items: [item]) else { return "" }
    var output = OutboundBuffer()
    IMAPResponse.untagged(.fetch(response)).write(to: &output)
    // `* 1 FETCH (` before it, and `)` and the line's end behind it.
    let octets = output.bytes.copied()
    return excerpt(octets.span.extracting(min(11, octets.count)..<max(min(11, octets.count), octets.count - 3)))
  }

  static func details(_ mailbox: ListResponse) -> [Detail] {
    let delimiter = mailbox.delimiter.map { escaped([$0].span) } ?? "none"
    return [
      Detail("attributes", escaped(mailbox.attributes.map(\.description).joined(separator: " "))),
      Detail("delimiter", delimiter), Detail(mailbox: mailbox.name)
    ]
  }

  private static func details(_ envelope: MessageEnvelope) -> [Detail] {
    func text(_ name: String, _ octets: [UInt8]?) -> [Detail] { octets.map { [Detail(name, octets: $0)] } ?? [] }
    func addresses(_ name: String, _ list: [EnvelopeAddress]) -> [Detail] {
      list.isEmpty ? [] : [Detail(name, "", list.map(address))]
    }
    return text("date", envelope.date) + text("subject", envelope.subject) + addresses("from", envelope.from)
      + addresses("sender", envelope.sender) + addresses("reply-to", envelope.replyTo) + addresses("to", envelope.to)
      + addresses("cc", envelope.cc) + addresses("bcc", envelope.bcc) + text("in-reply-to", envelope.inReplyTo)
      + text("message-id", envelope.messageID)
  }

  private static func address(_ address: EnvelopeAddress) -> Detail {
    guard let mailbox = address.mailbox else { return Detail("group", "end") }
    guard let host = address.host else { return Detail("group", octets: mailbox) }
    let name = (address.name.map { escaped($0.span) + " " }) ?? ""
    return Detail("address", name + "<" + escaped(mailbox.span) + "@" + escaped(host.span) + ">")
  }

  private static func details(_ body: BodyStructure) -> [Detail] {
    var details = [Detail("type", escaped((body.mediaType + [47] + body.subtype).span))]
    details += body.parameters.map { Detail("parameter", escaped(($0.name + [61] + $0.value).span)) }
    if let identifier = body.contentID { details.append(Detail("content-id", octets: identifier)) }
    if let description = body.contentDescription { details.append(Detail("description", octets: description)) }
    if let encoding = body.encoding { details.append(Detail("encoding", octets: encoding)) }
    if let octets = body.octets { details.append(Detail("octets", octets)) }
    if let lines = body.lines { details.append(Detail("lines", lines)) }
    if let disposition = body.disposition {
      details.append(
        Detail(
          "disposition", escaped(disposition.type.span),
          disposition.parameters.map { Detail("parameter", escaped(($0.name + [61] + $0.value).span)) }))
    }
    if !body.languages.isEmpty {
      details.append(Detail("languages", "", body.languages.map { Detail("language", octets: $0) }))
    }
    if let envelope = body.envelope { details.append(Detail("envelope", "", self.details(envelope))) }
    if let enclosed = body.body { details.append(Detail("message", "", self.details(enclosed))) }
    return details + body.parts.map { Detail("part", "", self.details($0)) }
  }
}
