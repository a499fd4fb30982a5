@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// A response, with what can be said of it.
struct IMAPResponseValue: TapValue {
  private let response: IMAPResponse
  /// The octets of literals that were read apart from it.
  private let sections: [ContentSummary]
  private let octets: [UInt8]
  /// Whether all its octets are in the value.
  private let isWhole: Bool

  init(_ response: IMAPResponse, sections: [ContentSummary], isWhole: Bool) {
    self.response = response
    self.sections = sections
    self.isWhole = isWhole
    var output = OutboundBuffer()
    response.write(to: &output)
    octets = output.bytes.copied()
  }

  /// The response's name, as the kind of a unit.
  var kind: String {
    switch response {
    case .tagged: return "completion"
    case .continuationRequest: return "continuation"
    case .stray: return "stray-line"
    case .untagged:
      let words = octets.prefix(100).split(maxSplits: 4) { $0 == 32 || $0 == 13 }
      let name = words.dropFirst().first { !$0.allSatisfy { $0.isASCIIDigit } } ?? []
      return String(decoding: name, as: UTF8.self).lowercased()
    }
  }

  /// What stands behind a tag.
  var summary: String {
    let start = (octets.firstIndex(of: .space) ?? -1) + 1
    return excerpt(octets.span.extracting(min(start, octets.count)..<max(start, octets.count - 2)), upTo: 60)
  }

  var details: [Detail] {
    switch response {
    case .tagged(let tag, let status): [Detail("tag", octets: tag.bytes)] + details(status)
    case .continuationRequest(let text): [Detail("text", octets: text)]
    case .stray(let line): [Detail("text", octets: line.bytes)]
    case .untagged(let response): details(response) + sections.map { Detail("streamed", "", $0.details) }
    }
  }

  var canonical: Canonical { isWhole ? .octets(octets) : .none }

  private func details(_ response: UntaggedResponse) -> [Detail] {
    switch response {
    case .status(let status): details(status)
    case .exists(let number), .recent(let number): [Detail("messages", number)]
    case .expunge(let number): [Detail("message", number)]
    case .capability(let list), .enabled(let list):
      [Detail("capabilities", escaped(list.map(\.description).joined(separator: " ")))]
    case .flags(let flags): [Detail("flags", escaped("\(flags)"))]
    case .fetch(let response): IMAPDescription.details(response)
    case .list(let mailbox): IMAPDescription.details(mailbox)
    case .mailboxStatus(let status): [Detail(mailbox: status.name)] + Array(outline.dropFirst())
    default: outline
    }
  }

  /// What stands behind the name, and behind the number before it.
  private var outline: [Detail] {
    let isNumbered = octets.dropFirst(2).first?.isASCIIDigit ?? false
    return IMAPOutline.details(of: octets, droppingWords: isNumbered ? 3 : 2)
  }

  private func details(_ status: StatusResponse) -> [Detail] {
    var details = [Detail("condition", "\(status.condition)")]
    if status.code != nil, let start = octets.firstIndex(of: 91) {
      // What was written is `[code] text` and the line's end.
      let end = max(start + 1, octets.count - 2 - status.text.count - 2)
      let code = Array(octets[(start + 1)..<end])
      details.append(Detail("code", escaped(code.span)))
    }
    return status.text.isEmpty ? details : details + [Detail("text", octets: status.text)]
  }
}
