@_spi(MailCodec) public import MailWire

extension IMAPResponse {
  /// Writes the response with its line end; strings take the forms that `encoding` allows.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, for encoding: IMAPEncoding = .server) {
    IMAPWriter.append(to: &output, for: encoding) { write(to: &$0) }
  }

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .tagged(let tag, let status):
      tag.write(to: &writer)
      writer.append(.space)
      status.write(to: &writer)
      writer.appendLineEnd()
    case .untagged(let response):
      response.write(to: &writer)
    case .continuationRequest(let text):
      writer.append("+ ")
      for byte in text { writer.append(byte.isASCIIControl ? 63 : byte) }
      writer.appendLineEnd()
    }
  }
}

extension UntaggedResponse {
  /// Writes the response with its asterisk and line end.
  func write(to writer: inout IMAPWriter) {
    if case .fetch(let response) = self { return response.write(to: &writer) }
    writer.append("* ")
    switch self {
    case .status(let status): status.write(to: &writer)
    case .capability(let list):
      writer.append("CAPABILITY")
      Self.write(list, to: &writer)
    case .enabled(let list):
      writer.append("ENABLED")
      Self.write(list, to: &writer)
    case .flags(let flags):
      writer.append("FLAGS ")
      flags.write(to: &writer)
    case .exists(let number): Self.write(number, " EXISTS", to: &writer)
    case .recent(let number): Self.write(number, " RECENT", to: &writer)
    case .expunge(let number): Self.write(number, " EXPUNGE", to: &writer)
    case .vanished(let isEarlier, let set):
      writer.append(isEarlier ? "VANISHED (EARLIER) " : "VANISHED ")
      set.write(to: &writer)
    case .fetch: break
    case .list(let mailbox): mailbox.write(to: &writer)
    case .mailboxStatus(let status): status.write(to: &writer)
    case .search(let result):
      writer.append("SEARCH")
      result.write(to: &writer)
    case .sort(let result):
      writer.append("SORT")
      result.write(to: &writer)
    case .extendedSearch(let result): result.write(to: &writer)
    case .other(let response):
      if let number = response.number { Self.write(number, " ", to: &writer) }
      writer.append(response.name)
      if !response.text.isEmpty {
        writer.append(.space)
        writer.append(response.text)
      }
    }
    writer.appendLineEnd()
  }

  static func write(_ capabilities: [IMAPCapability], to writer: inout IMAPWriter) {
    for capability in capabilities {
      writer.append(.space)
      writer.append(capability.bytes)
    }
  }

  private static func write(_ number: UInt32, _ name: StaticString, to writer: inout IMAPWriter) {
    writer.append(decimal: UInt64(number))
    writer.append(name)
  }
}

extension ResponseCode {
  /// Writes the code without its brackets.
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .keyword(let keyword): writer.append(keyword.bytes)
    case .capabilities(let list):
      writer.append("CAPABILITY")
      UntaggedResponse.write(list, to: &writer)
    case .permanentFlags(let flags):
      writer.append("PERMANENTFLAGS ")
      flags.write(to: &writer)
    case .uidNext(let number): Self.write("UIDNEXT ", UInt64(number), to: &writer)
    case .uidValidity(let number): Self.write("UIDVALIDITY ", UInt64(number), to: &writer)
    case .unseen(let number): Self.write("UNSEEN ", UInt64(number), to: &writer)
    case .highestModSeq(let number): Self.write("HIGHESTMODSEQ ", min(number, UInt64(Int64.max)), to: &writer)
    case .modified(let set):
      writer.append("MODIFIED ")
      set.write(to: &writer)
    case .appendUID(let validity, let set):
      Self.write("APPENDUID ", UInt64(validity), to: &writer)
      writer.append(.space)
      set.write(to: &writer)
    case .copyUID(let validity, let source, let target):
      Self.write("COPYUID ", UInt64(validity), to: &writer)
      writer.append(.space)
      source.write(to: &writer)
      writer.append(.space)
      target.write(to: &writer)
    case .mailboxID(let identifier):
      writer.append("MAILBOXID (")
      writer.append(identifier.bytes)
      writer.append(.closeParenthesis)
    case .other(let code):
      writer.append(code.keyword.bytes)
      writer.append(.space)
      writer.append(code.arguments)
    }
  }

  private static func write(_ name: StaticString, _ number: UInt64, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.append(decimal: number)
  }
}
