@_spi(MailCodec) import MailWire

extension FetchItems {
  func write(to writer: inout IMAPWriter) {
    var names: [StaticString] = []
    for (attribute, name) in Self.names where attributes.contains(attribute) { names.append(name) }
    if names.isEmpty, others.isEmpty { names.append("UID") }
    writer.output.append(.openParenthesis)
    for index in names.indices {
      if index > 0 { writer.output.append(.space) }
      writer.output.append(names[index])
    }
    for index in others.indices {
      if index > 0 || !names.isEmpty { writer.output.append(.space) }
      others[index].write(to: &writer)
    }
    writer.output.append(.closeParenthesis)
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
      writer.output.append(isPeek ? "BODY.PEEK" : "BODY")
      section.write(to: &writer)
      partial?.write(to: &writer.output)
    case .binary(let path, let isPeek, let partial):
      writer.output.append(isPeek ? "BINARY.PEEK[" : "BINARY[")
      path.write(to: &writer.output)
      writer.output.append(.closeBracket)
      partial?.write(to: &writer.output)
    case .binarySize(let path):
      writer.output.append("BINARY.SIZE[")
      path.write(to: &writer.output)
      writer.output.append(.closeBracket)
    case .unknown(let name, let arguments):
      writer.output.append(name.bytes)
      if let arguments {
        writer.output.append(.space)
        IMAPArgument.list(arguments).write(to: &writer)
      }
    }
  }
}
