import IMAP
import IMAPCodec
import MailWire

extension IMAPSession {
  /// What this host carries out beyond what the machine does by itself.
  static func capabilities(maximumSize: UInt64) -> [IMAPCapability] {
    let names = [
      "NAMESPACE", "CHILDREN", "UIDPLUS", "MOVE", "CONDSTORE", "SPECIAL-USE", "CREATE-SPECIAL-USE", "STATUS=SIZE",
      "MULTIAPPEND", "ESEARCH", "SEARCHRES", "WITHIN", "APPENDLIMIT=\(maximumSize)", "OBJECTID", "SAVEDATE", "PREVIEW",
      "BINARY"
    ]
    return names.compactMap { try? IMAPCapability($0) }
  }

  /// Carries a command out.
  func run(_ command: IMAPCommand, _ uids: NumberRanges) throws(HostError) {
    switch command {
    case .noop, .check:
      if let folder = try? selected() { try onMailboxes { () throws(MailboxError) in try folder.refresh() } }
      try complete()
    case .select(let name, let parameters), .examine(let name, let parameters): try select(name, parameters)
    case .close: try close()
    case .unselect:
      leave()
      try complete()
    case .list(let request): try list(request)
    case .listSubscribed(let reference, let pattern): try listSubscribed(reference, pattern)
    case .namespace: try namespace()
    case .status(let name, let items): try status(name, items)
    case .create(let name, let parameters): try create(name, parameters)
    case .delete(let name):
      let (user, name) = (try mailboxes(), try self.name(name))
      try onMailboxes { () throws(MailboxError) in try user.delete(name) }
      try complete()
    case .rename(let old, let new):
      let (user, old, new) = (try mailboxes(), try name(old), try name(new))
      try onMailboxes { () throws(MailboxError) in try user.rename(old, to: new) }
      try complete()
    case .subscribe(let name):
      let (user, name) = (try mailboxes(), try self.name(name))
      try onMailboxes { () throws(MailboxError) in try user.subscribe(to: name) }
      try complete()
    case .unsubscribe(let name):
      let (user, name) = (try mailboxes(), try self.name(name))
      try onMailboxes { () throws(MailboxError) in try user.unsubscribe(from: name) }
      try complete()
    case .append(let name, let message): try beginAppend(name, message)
    case .fetch(_, let items, let modifiers): try beginFetch(items, modifiers, uids)
    case .store(let set, let request): try store(request, uids, isUID: set.isUID)
    case .copy(_, let target): try copy(uids, to: target, isMove: false)
    case .move(_, let target): try copy(uids, to: target, isMove: true)
    case .search(let program, _): try search(program)
    case .expunge(let set): try expunge(set == nil ? nil : uids)
    default: try complete(.notImplemented)
    }
  }

  /// Answers the command.
  func complete(_ status: StatusResponse = .done) throws(HostError) {
    try onMachine { () throws(MisuseError) in try machine.complete(status) }
  }

  /// Tells something before the answer.
  func send(_ response: UntaggedResponse) throws(HostError) {
    try onMachine { () throws(MisuseError) in try machine.send(response) }
  }
}
