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
      for byte in text { writer.append(byte == 0 || byte == 10 || byte == 13 ? 63 : byte) }
      writer.appendLineEnd()
    case .stray(let line):
      writer.append(line.bytes)
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
    case .thread(let response): response.write(to: &writer)
    case .uidBatches(let response): response.write(to: &writer)
    case .id(let parameters): parameters.writeResponse(to: &writer)
    case .namespace(let response): response.write(to: &writer)
    case .quota(let response): response.write(to: &writer)
    case .quotaRoot(let response): response.write(to: &writer)
    case .accessControlList(let list): list.write(to: &writer)
    case .grantableRights(let rights): rights.write(to: &writer)
    case .myRights(let mailbox, let rights):
      writer.append("MYRIGHTS ")
      writer.writeAString(mailbox.bytes.span)
      writer.append(.space)
      rights.write(to: &writer)
    case .metadata(let response): response.write(to: &writer)
    case .language(let tags): Self.write(languages: tags, to: &writer)
    case .comparator(let response): response.write(to: &writer)
    case .authorisedURLs(let urls): Self.write(urls: urls, to: &writer)
    case .urlFetch(let results): Self.write(results, to: &writer)
    case .jmapAccess(let url):
      writer.append("JMAPACCESS ")
      writer.writeString(url.bytes.span)
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

  private static func write(languages: [IMAPString], to writer: inout IMAPWriter) {
    writer.append("LANGUAGE ")
    guard !languages.isEmpty else { return writer.append("(\"i-default\")") }
    writer.writeStrings(languages)
  }

  private static func write(urls: [IMAPString], to writer: inout IMAPWriter) {
    writer.append("GENURLAUTH")
    if urls.isEmpty { writer.append(" \"\"") }
    for url in urls {
      writer.append(.space)
      writer.writeString(url.bytes.span)
    }
  }

  private static func write(_ results: [URLFetchResult], to writer: inout IMAPWriter) {
    writer.append("URLFETCH")
    if results.isEmpty { writer.append(" \"\" NIL") }
    for result in results {
      writer.append(.space)
      result.write(to: &writer)
    }
  }

  private static func write(_ number: UInt32, _ name: StaticString, to writer: inout IMAPWriter) {
    writer.append(decimal: UInt64(number))
    writer.append(name)
  }
}
