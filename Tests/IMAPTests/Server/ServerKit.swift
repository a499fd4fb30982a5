import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// A store of one mailbox for the server's tests: messages with these UIDs, flags and texts.
final class TestMailbox {
  var texts: [UInt32: String] = [2: "one\r\n", 5: "second\r\n", 9: ""]
  var flags: [UInt32: FlagSet] = [5: FlagSet(.seen)]
  var appended = ""
  /// What is left to send of each section.
  var streaming: [[UInt8]] = []
  let chunk: Int

  init(chunk: Int = 3) { self.chunk = chunk }

  var uids: NumberRanges { (try? NumberRanges(Array(texts.keys))) ?? NumberRanges() }

  func handle(_ event: IMAPServerEvent, _ server: inout IMAPServer) throws {
    switch event {
    case .authenticate(let credentials):
      let isRight = credentials.password.withBytes { $0.count == 6 }
      try server.complete(isRight ? .done : .authenticationFailed)
    case .command(let command, let uids): try run(command, uids, &server)
    case .content(let part): appended += String(decoding: part, as: UTF8.self)
    case .endOfContent: appended += "|"
    case .appendContinues(let continuation):
      switch continuation.next {
      case .end: try server.complete()
      default: try server.accept()
      }
    case .contentWanted:
      let part = Array(streaming[0].prefix(chunk))
      streaming[0].removeFirst(part.count)
      if streaming[0].isEmpty { streaming.removeFirst() }
      try server.sendContent(part.span)
    default: break
    }
  }

  private func run(_ command: IMAPCommand, _ uids: NumberRanges, _ server: inout IMAPServer) throws {
    switch command {
    case .select(let name, _), .examine(let name, _):
      guard name.isInbox else { return try server.complete(.noSuchMailbox) }
      var snapshot = MailboxSnapshot(uids: self.uids, uidValidity: 7, flags: FlagSet([.seen, .deleted]))
      snapshot.firstUnseenUID = 2
      try server.open(snapshot)
      try server.complete()
    case .fetch(_, let items, _): try fetch(uids, items, &server)
    case .store(_, let request):
      guard case .flags(let new) = request.target else { break }
      for uid in uids.numbers(limit: 100) {
        flags[uid] = new
        if !request.isSilent { server.flagsChanged(uid, flags: new) }
      }
      try server.complete()
    case .expunge:
      let gone = uids.isEmpty ? self.uids : uids
      for uid in gone.numbers(limit: 100) { texts[uid] = nil }
      server.messagesExpunged(gone)
      try server.complete()
    case .search(_, _):
      try server.sendResult(self.uids)
      try server.complete()
    case .sort(_, _):
      try server.sendSortedResult(self.uids.numbers(limit: 100).reversed())
      try server.complete()
    case .append(let name, _): if name.isInbox { try server.accept() } else { try server.complete(.tryCreate) }
    case .noop, .close, .unselect, .unauthenticate: try server.complete()
    default: try server.complete(.notImplemented)
    }
  }

  private func fetch(_ uids: NumberRanges, _ items: FetchItems, _ server: inout IMAPServer) throws {
    let isText = !items.others.isEmpty
    for uid in uids.numbers(limit: 100) {
      guard let text = texts[uid] else { continue }
      let bytes = [UInt8](text.utf8)
      var sections: [FetchItem] = []
      if isText {
        sections = [
          .section(try FetchSection(.body(try SectionSpecifier(SectionPath(), .all)), streamed: UInt64(bytes.count)))
        ]
        if !bytes.isEmpty { streaming.append(bytes) }
      }
      let wantsFlags = items.attributes.contains(.flags)
      try server.sendMessage(
        uid, flags: wantsFlags ? flags[uid] ?? FlagSet() : nil,
        size: items.attributes.contains(.size) ? UInt64(bytes.count) : nil, items: sections)
    }
    try server.complete()
  }
}
