@_spi(MailCodec) import MailWire

extension FetchItems {
  func write(to writer: inout IMAPWriter) {
    var names: [StaticString] = []
    for (attribute, name) in Self.names where attributes.contains(attribute) { names.append(name) }
    writer.append(.openParenthesis)
    for index in names.indices {
      if index > 0 { writer.append(.space) }
      writer.append(names[index])
    }
    for index in others.indices {
      if index > 0 || !names.isEmpty { writer.append(.space) }
      others[index].write(to: &writer)
    }
    writer.append(.closeParenthesis)
  }

  private static let names: [(FetchAttributes, StaticString)] = [
    (.uid, "UID"), (.flags, "FLAGS"), (.internalDate, "INTERNALDATE"), (.size, "RFC822.SIZE"), (.envelope, "ENVELOPE"),
    (.bodyStructure, "BODYSTRUCTURE"), (.body, "BODY"), (.message, "RFC822"), (.header, "RFC822.HEADER"),
    (.text, "RFC822.TEXT"), (.modSeq, "MODSEQ"), (.saveDate, "SAVEDATE"), (.emailID, "EMAILID"),
    (.threadID, "THREADID"), (.preview, "PREVIEW"), (.lazyPreview, "PREVIEW (LAZY)"), (.gmailMessageID, "X-GM-MSGID"),
    (.gmailThreadID, "X-GM-THRID"), (.gmailLabels, "X-GM-LABELS")
  ]
}

extension FetchRequestItem {
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .body(let section, let isPeek, let partial):
      writer.append(isPeek ? "BODY.PEEK" : "BODY")
      section.write(to: &writer)
      partial?.write(to: &writer)
    case .binary(let path, let isPeek, let partial):
      writer.append(isPeek ? "BINARY.PEEK[" : "BINARY[")
      path.write(to: &writer)
      writer.append(.closeBracket)
      partial?.write(to: &writer)
    case .binarySize(let path):
      writer.append("BINARY.SIZE[")
      path.write(to: &writer)
      writer.append(.closeBracket)
    case .unknown(let name, let arguments, _):
      writer.append(name.bytes)
      if let arguments {
        writer.append(.space)
        writer.writeList(arguments) { value, writer in value.write(to: &writer) }
      }
    }
  }
}
