import IMAP
import IMAPCodec
import MailMessage
import MailWire

extension IMAPSession {
  func search(_ program: SearchProgram) throws(HostError) {
    let folder = try selected()
    guard let view = machine.mailbox else { throw .misuse(.outOfSequence) }
    let now = Clock.microsecondsSince1970 / 1_000_000
    let search: SearchEvaluator
    do throws(SearchError) { search = try SearchEvaluator(program, in: view, now: now) } catch {
      switch error {
      case .badCharset: return try complete(StatusResponse(.no, .badCharset([]), "Use UTF-8"))
      case .unknownKey: return try complete(StatusResponse(.bad, nil, "Unknown search key"))
      }
    }
    var found: [UInt32] = []
    var highest: UInt64 = 0
    for uid in folder.index.uids(in: view.uids) {
      guard let stored = folder.index[uid], var message = SearchedMessage(stored, in: folder) else { continue }
      guard search.matches(&message) else { continue }
      found.append(uid)
      highest = max(highest, stored.modSequence)
    }
    let uids = NumberRanges(ascending: found)
    try onMachine { () throws(MisuseError) in
      try machine.sendResult(uids, modSequence: search.asksModSequence ? highest : nil)
    }
    try complete()
  }
}

/// A message of a folder, as a search sees it.
private struct SearchedMessage: SearchableMessage {
  let uid: UInt32
  let flags: FlagSet
  let internalDate: IMAPDateTime
  let modSequence: UInt64
  private let stored: StoredMessage
  private let folder: MailFolder

  init?(_ stored: StoredMessage, in folder: MailFolder) {
    guard let date = try? IMAPDateTime(secondsSince1970: stored.internalDate) else { return nil }
    uid = stored.uid
    flags = folder.flags(of: stored)
    internalDate = date
    modSequence = stored.modSequence
    self.stored = stored
    self.folder = folder
  }

  var saveDate: IMAPDateTime? { try? IMAPDateTime(secondsSince1970: stored.saveDate) }
  var emailID: ObjectID? { try? ObjectID(stored.objectID) }
  var threadID: ObjectID? { nil }

  mutating func size() -> UInt64? { try? folder.size(of: uid) }

  mutating func header() -> [UInt8]? { (try? folder.content(of: uid)).flatMap { try? $0.header() } }

  mutating func text() -> [UInt8]? {
    guard let content = try? folder.content(of: uid) else { return nil }
    return try? content.read(Int(content.size), at: 0)
  }
}
