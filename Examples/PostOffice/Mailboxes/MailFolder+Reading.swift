import IMAPCodec

/// What a mailbox holds, counted.
struct FolderStatus: Equatable {
  var messages: UInt32 = 0
  var unseen: UInt32 = 0
  var deleted: UInt32 = 0
  var recent: UInt32 = 0
  var uidNext: UInt32 = 1
  var uidValidity: UInt32 = 1
  var highestModSequence: UInt64 = 1
  /// The octets of all messages.
  var size: UInt64 = 0
  /// The octets of the messages with `\Deleted`.
  var deletedSize: UInt64 = 0
  /// The first message without `\Seen`.
  var firstUnseen: UInt32?
  var objectID = ""
}

extension MailFolder {
  /// Counts. Without `withSizes` the sizes are zero, and no message needs to be read.
  func status(withSizes: Bool = false) throws(MailboxError) -> FolderStatus {
    if withSizes { try learnSizes() }
    var status = FolderStatus()
    let recentFrom = index.recentFrom
    index.forEach { message in
      status.messages += 1
      if !message.flags.contains(.seen) {
        status.unseen += 1
        if status.firstUnseen == nil { status.firstUnseen = message.uid }
      }
      if message.uid >= recentFrom { status.recent += 1 }
      status.size += message.size ?? 0
      guard message.flags.contains(.deleted) else { return }
      status.deleted += 1
      status.deletedSize += message.size ?? 0
    }
    status.uidNext = index.uidNext
    status.uidValidity = index.uidValidity
    status.highestModSequence = index.highestModSequence
    status.objectID = objectID
    return status
  }

  /// What [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474) calls the `MAILBOXID`.
  var objectID: String { "F" + StoredMessage.hexadecimal(index.mailboxID) }

  /// Opens the text of a message.
  func content(of uid: UInt32) throws(MailboxError) -> MessageContent {
    let known = index[uid]?.size
    let content = try withFile(of: uid) { (file: String) throws(SystemError) in try MessageContent(file, size: known) }
    guard let content else { throw .messageGone }
    if content.size != known { try commit([.sized(uid: uid, size: content.size)], isDurable: false) }
    return content
  }

  /// The octets of a message; it is read when nobody has counted them yet.
  func size(of uid: UInt32) throws(MailboxError) -> UInt64 {
    if let size = index[uid]?.size { return size }
    return try content(of: uid).size
  }

  /// Counts the octets of all messages whose size is not known.
  func learnSizes() throws(MailboxError) {
    var unknown: [UInt32] = []
    index.forEach { if $0.size == nil { unknown.append($0.uid) } }
    for uid in unknown {
      do throws(MailboxError) { _ = try content(of: uid) } catch {
        guard case .messageGone = error else { throw error }
      }
    }
  }

  /// The messages that came or got other flags after the mod-sequence.
  func changed(since modSequence: UInt64) -> [UInt32] {
    var uids: [UInt32] = []
    index.forEach { if $0.modSequence > modSequence { uids.append($0.uid) } }
    return uids
  }
}
