@_spi(MailCodec) import MailWire

extension SearchKey {
  /// Writes the key; one that takes all that follows stands in parentheses unless it `isLast`.
  func write(to writer: inout IMAPWriter, isLast: Bool = true) {
    switch self {
    case .all: writer.append("ALL")
    case .answered: writer.append("ANSWERED")
    case .deleted: writer.append("DELETED")
    case .draft: writer.append("DRAFT")
    case .flagged: writer.append("FLAGGED")
    case .new: writer.append("NEW")
    case .old: writer.append("OLD")
    case .recent: writer.append("RECENT")
    case .seen: writer.append("SEEN")
    case .unanswered: writer.append("UNANSWERED")
    case .undeleted: writer.append("UNDELETED")
    case .undraft: writer.append("UNDRAFT")
    case .unflagged: writer.append("UNFLAGGED")
    case .unseen: writer.append("UNSEEN")
    case .before(let date): Self.write("BEFORE ", date, to: &writer)
    case .on(let date): Self.write("ON ", date, to: &writer)
    case .since(let date): Self.write("SINCE ", date, to: &writer)
    case .sentBefore(let date): Self.write("SENTBEFORE ", date, to: &writer)
    case .sentOn(let date): Self.write("SENTON ", date, to: &writer)
    case .sentSince(let date): Self.write("SENTSINCE ", date, to: &writer)
    case .savedBefore(let date): Self.write("SAVEDBEFORE ", date, to: &writer)
    case .savedOn(let date): Self.write("SAVEDON ", date, to: &writer)
    case .savedSince(let date): Self.write("SAVEDSINCE ", date, to: &writer)
    case .bcc(let string): Self.write("BCC ", string, to: &writer)
    case .body(let string): Self.write("BODY ", string, to: &writer)
    case .cc(let string): Self.write("CC ", string, to: &writer)
    case .from(let string): Self.write("FROM ", string, to: &writer)
    case .subject(let string): Self.write("SUBJECT ", string, to: &writer)
    case .text(let string): Self.write("TEXT ", string, to: &writer)
    case .to(let string): Self.write("TO ", string, to: &writer)
    case .keyword(let name): Self.write("KEYWORD ", name, to: &writer)
    case .unkeyword(let name): Self.write("UNKEYWORD ", name, to: &writer)
    case .header(let name, let value):
      Self.write("HEADER ", name, to: &writer)
      writer.append(.space)
      value.write(to: &writer)
    case .larger(let size): Self.write("LARGER ", size.value, to: &writer)
    case .smaller(let size): Self.write("SMALLER ", size.value, to: &writer)
    case .older(let seconds): Self.write("OLDER ", UInt64(seconds.value), to: &writer)
    case .younger(let seconds): Self.write("YOUNGER ", UInt64(seconds.value), to: &writer)
    case .modSeq(let key):
      writer.append("MODSEQ ")
      key.write(to: &writer)
    case .saveDateSupported: writer.append("SAVEDATESUPPORTED")
    case .emailID(let string): Self.write("EMAILID ", string, to: &writer)
    case .threadID(let string): Self.write("THREADID ", string, to: &writer)
    case .filter(let string): Self.write("FILTER ", string, to: &writer)
    case .gmailRaw(let string): Self.write("X-GM-RAW ", string, to: &writer)
    case .gmailLabel(let string): Self.write("X-GM-LABELS ", string, to: &writer)
    case .gmailMessageID(let number): Self.write("X-GM-MSGID ", number, to: &writer)
    case .gmailThreadID(let number): Self.write("X-GM-THRID ", number, to: &writer)
    case .sequence(let set): set.write(to: &writer)
    case .uid(let set):
      writer.append("UID ")
      set.write(to: &writer)
    case .uidAfter(let uid): Self.write("UIDAFTER ", UInt64(uid.value), to: &writer)
    case .uidBefore(let uid): Self.write("UIDBEFORE ", UInt64(uid.value), to: &writer)
    case .not(let key, _):
      writer.append("NOT ")
      key.write(to: &writer, isLast: isLast)
    case .or(let left, let right, _):
      writer.append("OR ")
      left.write(to: &writer, isLast: false)
      writer.append(.space)
      right.write(to: &writer, isLast: isLast)
    case .fuzzy(let key, _):
      writer.append("FUZZY ")
      key.write(to: &writer, isLast: isLast)
    case .and(let keys, _):
      writer.append(.openParenthesis)
      for index in keys.indices {
        if index > 0 { writer.append(.space) }
        keys[index].write(to: &writer, isLast: index == keys.count - 1)
      }
      writer.append(.closeParenthesis)
    case .unknown(let name, let values, _):
      if !isLast { writer.append(.openParenthesis) }
      writer.append(name.bytes)
      for value in values {
        writer.append(.space)
        value.write(to: &writer)
      }
      if !isLast { writer.append(.closeParenthesis) }
    }
  }

  private static func write(_ name: StaticString, _ date: IMAPDate, to writer: inout IMAPWriter) {
    writer.append(name)
    date.write(to: &writer)
  }

  private static func write(_ name: StaticString, _ string: IMAPString, to writer: inout IMAPWriter) {
    writer.append(name)
    string.write(to: &writer)
  }

  private static func write(_ name: StaticString, _ atom: IMAPAtom, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.append(atom.bytes)
  }

  private static func write(_ name: StaticString, _ number: UInt64, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.append(decimal: number)
  }
}
