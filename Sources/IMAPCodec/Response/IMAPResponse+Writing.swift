@_spi(MailCodec) public import MailWire

extension IMAPResponse {
  /// Writes the response with its line end.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    switch self {
    case .tagged(let tag, let status):
      tag.write(to: &output)
      output.append(.space)
      status.write(to: &output)
      output.appendLineEnd()
    case .untagged(let response):
      response.write(to: &output)
    case .continuationRequest(let text):
      output.append("+ ")
      for byte in text { output.append(byte.isASCIIControl ? 63 : byte) }
      output.appendLineEnd()
    }
  }
}

extension UntaggedResponse {
  /// Writes the response with its asterisk and line end.
  func write(to output: inout OutboundBuffer) {
    if case .fetch(let response) = self { return response.write(to: &output) }
    output.append("* ")
    switch self {
    case .status(let status): status.write(to: &output)
    case .capability(let list):
      output.append("CAPABILITY")
      Self.write(list, to: &output)
    case .enabled(let list):
      output.append("ENABLED")
      Self.write(list, to: &output)
    case .flags(let flags):
      output.append("FLAGS ")
      flags.write(to: &output)
    case .exists(let number): Self.write(number, " EXISTS", to: &output)
    case .recent(let number): Self.write(number, " RECENT", to: &output)
    case .expunge(let number): Self.write(number, " EXPUNGE", to: &output)
    case .vanished(let isEarlier, let set):
      output.append(isEarlier ? "VANISHED (EARLIER) " : "VANISHED ")
      set.write(to: &output)
    case .fetch: break
    case .list(let mailbox): mailbox.write(to: &output)
    case .mailboxStatus(let status): status.write(to: &output)
    case .search(let result):
      output.append("SEARCH")
      result.write(to: &output)
    case .sort(let result):
      output.append("SORT")
      result.write(to: &output)
    case .extendedSearch(let result): result.write(to: &output)
    case .other(let response):
      if let number = response.number { Self.write(number, " ", to: &output) }
      output.append(response.name)
      if !response.text.isEmpty {
        output.append(.space)
        output.append(response.text)
      }
    }
    output.appendLineEnd()
  }

  static func write(_ capabilities: [IMAPCapability], to output: inout OutboundBuffer) {
    for capability in capabilities {
      output.append(.space)
      output.append(capability.bytes)
    }
  }

  private static func write(_ number: UInt32, _ name: StaticString, to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(number))
    output.append(name)
  }
}

extension ResponseCode {
  /// Writes the code without its brackets.
  func write(to output: inout OutboundBuffer) {
    switch self {
    case .keyword(let keyword): output.append(keyword.bytes)
    case .capabilities(let list):
      output.append("CAPABILITY")
      UntaggedResponse.write(list, to: &output)
    case .permanentFlags(let flags):
      output.append("PERMANENTFLAGS ")
      flags.write(to: &output)
    case .uidNext(let number): Self.write("UIDNEXT ", UInt64(number), to: &output)
    case .uidValidity(let number): Self.write("UIDVALIDITY ", UInt64(number), to: &output)
    case .unseen(let number): Self.write("UNSEEN ", UInt64(number), to: &output)
    case .highestModSeq(let number): Self.write("HIGHESTMODSEQ ", min(number, UInt64(Int64.max)), to: &output)
    case .modified(let set):
      output.append("MODIFIED ")
      set.write(to: &output)
    case .appendUID(let validity, let set):
      Self.write("APPENDUID ", UInt64(validity), to: &output)
      output.append(.space)
      set.write(to: &output)
    case .copyUID(let validity, let source, let target):
      Self.write("COPYUID ", UInt64(validity), to: &output)
      output.append(.space)
      source.write(to: &output)
      output.append(.space)
      target.write(to: &output)
    case .mailboxID(let identifier):
      output.append("MAILBOXID (")
      output.append(identifier.bytes)
      output.append(.closeParenthesis)
    case .other(let code):
      output.append(code.keyword.bytes)
      output.append(.space)
      output.append(code.arguments)
    }
  }

  private static func write(_ name: StaticString, _ number: UInt64, to output: inout OutboundBuffer) {
    output.append(name)
    output.append(decimal: number)
  }
}
