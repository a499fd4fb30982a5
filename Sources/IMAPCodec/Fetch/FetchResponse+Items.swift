@_spi(MailCodec) import MailWire

extension FetchResponse {
  /// The value of the item at an index of the table.
  func item(at index: Int) -> FetchItem? {
    let view = layout.view
    let first = index &+ 1
    guard let kind = FetchItemKind(rawValue: layout.entries[index].offset) else { return nil }
    switch kind {
    case .envelope: return .envelope(MessageEnvelope(layout, at: first))
    case .bodyStructure: return .bodyStructure(BodyStructure(layout, at: first))
    case .body: return .body(BodyStructure(layout, at: first))
    case .bodySection, .binary, .rfc822, .rfc822Header, .rfc822Text:
      guard let name = sectionName(kind, view.octets(layout.entries[first])) else { return nil }
      let origin = layout.entries[first &+ 1]
      let octets = view.messageOctets(layout.entries[first &+ 2])
      return .section(FetchSection(checked: name, origin: origin.isNull ? nil : origin.number, octets))
    case .binarySize:
      return .binarySize(Self.path(view.octets(layout.entries[first])), layout.entries[first &+ 1].number)
    case .emailID: return .emailID(ObjectID(checked: view.copy(first) ?? []))
    case .threadID: return .threadID(view.copy(first).map { ObjectID(checked: $0) })
    case .preview: return .preview(view.copy(first))
    case .saveDate:
      guard let text = view.string(first) else { return .saveDate(nil) }
      var cursor = ByteCursor(text)
      var context = ParseContext(quirks: .lenient)
      // The text was parsed before it was stored.
      return .saveDate(try? IMAPDateTime.parse(&cursor, &context))
    case .gmailMessageID: return .gmailMessageID(layout.entries[first].number)
    case .gmailThreadID: return .gmailThreadID(layout.entries[first].number)
    case .gmailLabels:
      return .gmailLabels(view.run(first).map { layout.view.octets(layout.entries[$0]).copied() })
    case .unknown:
      return .unknown(UnknownFetchItem(name: view.copy(first) ?? [], text: view.copy(first &+ 1) ?? []))
    case .malformed:
      return .malformed(MalformedFetchItem(name: view.copy(first) ?? [], text: view.copy(first &+ 1) ?? []))
    }
  }

  /// The name of the section that begins at an index of the table.
  func sectionName(at index: Int) -> FetchSection.Name? {
    guard let kind = FetchItemKind(rawValue: layout.entries[index].offset) else { return nil }
    return sectionName(kind, layout.view.octets(layout.entries[index &+ 1]))
  }

  private func sectionName(_ kind: FetchItemKind, _ text: Span<UInt8>) -> FetchSection.Name? {
    switch kind {
    case .bodySection:
      var cursor = ByteCursor(text)
      var context = ParseContext(quirks: .lenient, limits: .unlimited)
      guard let section = try? SectionSpecifier.parse(&cursor, &context) else { return nil }
      return .body(section)
    case .binary: return .binary(Self.path(text))
    case .rfc822: return .message
    case .rfc822Header: return .messageHeader
    default: return .messageText
    }
  }

  /// The path of a text in brackets, which was checked.
  private static func path(_ text: Span<UInt8>) -> SectionPath {
    var cursor = ByteCursor(text)
    cursor.offset = 1
    var context = ParseContext(limits: .unlimited)
    return (try? SectionPath.parse(&cursor, &context)) ?? SectionPath()
  }
}
