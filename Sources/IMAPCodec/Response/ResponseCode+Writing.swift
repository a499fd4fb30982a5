@_spi(MailCodec) import MailWire

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
    case .mailboxID(let identifier):
      writer.append("MAILBOXID (")
      writer.append(identifier.bytes)
      writer.append(.closeParenthesis)
    case .annotations(let support): support.write(to: &writer)
    case .newName(let old, let new):
      writer.append("NEWNAME ")
      old.write(to: &writer)
      writer.append(.space)
      new.write(to: &writer)
    case .modified(let set):
      writer.append("MODIFIED")
      guard !set.isEmpty else { return }
      writer.append(.space)
      set.write(to: &writer)
    case .appendUID(let validity, let numbers):
      Self.write("APPENDUID ", UInt64(validity), to: &writer)
      writer.append(.space)
      numbers.write(to: &writer)
    case .copyUID(let validity, let source, let target):
      Self.write("COPYUID ", UInt64(validity), to: &writer)
      writer.append(.space)
      source.write(to: &writer)
      writer.append(.space)
      target.write(to: &writer)
    case .badCharset, .badURL, .badEvent, .undefinedFilter, .metadata, .annotate, .maximumConvertMessages,
      .maximumConvertParts, .messageLimit, .noUpdate:
      writeRefusal(to: &writer)
    case .inProgress(let progress):
      writer.append("INPROGRESS")
      guard let progress else { return }
      writer.append(.space)
      progress.write(to: &writer)
    case .referral(let urls):
      writer.append("REFERRAL")
      for url in urls {
        writer.append(.space)
        writer.append(url.bytes)
      }
    case .urlMechanisms(let mechanisms):
      writer.append("URLMECH")
      for mechanism in mechanisms {
        writer.append(.space)
        writer.append(mechanism.bytes)
      }
    case .other(let code):
      writer.append(code.keyword.bytes)
      writer.append(.space)
      writer.append(code.arguments)
    }
  }

  private func writeRefusal(to writer: inout IMAPWriter) {
    switch self {
    case .badCharset(let charsets):
      writer.append("BADCHARSET")
      var separator: StaticString = " ("
      for charset in charsets {
        writer.append(separator)
        separator = " "
        charset.write(to: &writer)
      }
      if !charsets.isEmpty { writer.append(.closeParenthesis) }
    case .badURL(let url):
      writer.append("BADURL ")
      writer.append(url.bytes)
    case .badEvent(let events):
      writer.append("BADEVENT")
      var separator: StaticString = " ("
      for event in events {
        writer.append(separator)
        separator = " "
        writer.append(event.bytes)
      }
      if !events.isEmpty { writer.append(.closeParenthesis) }
    case .undefinedFilter(let name):
      writer.append("UNDEFINED-FILTER ")
      writer.append(name.bytes)
    case .metadata(.longEntries(let size)): Self.write("METADATA LONGENTRIES ", UInt64(size), to: &writer)
    case .metadata(.maximumSize(let size)): Self.write("METADATA MAXSIZE ", UInt64(size), to: &writer)
    case .metadata(.tooMany): writer.append("METADATA TOOMANY")
    case .metadata(.noPrivate): writer.append("METADATA NOPRIVATE")
    case .annotate(let refusal): writer.append(refusal == .tooBig ? "ANNOTATE TOOBIG" : "ANNOTATE TOOMANY")
    case .maximumConvertMessages(let count): Self.write("MAXCONVERTMESSAGES ", UInt64(count), to: &writer)
    case .maximumConvertParts(let count): Self.write("MAXCONVERTPARTS ", UInt64(count), to: &writer)
    case .messageLimit(let count, let lowest):
      Self.write("MESSAGELIMIT ", UInt64(count), to: &writer)
      if let lowest { Self.write(" ", UInt64(lowest), to: &writer) }
    case .noUpdate(let tag):
      writer.append("NOUPDATE ")
      let bytes = tag.bytes
      writer.writeString(bytes.span)
    default: break
    }
  }

  private static func write(_ name: StaticString, _ number: UInt64, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.append(decimal: number)
  }
}
