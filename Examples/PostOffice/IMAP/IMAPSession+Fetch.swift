import IMAP
import IMAPCodec
import MailWire

extension IMAPSession {
  func beginFetch(_ items: FetchItems, _ modifiers: FetchModifiers, _ uids: NumberRanges) throws(HostError) {
    let isKnown = items.others.allSatisfy { if case .unknown = $0 { false } else { true } }
    guard isKnown, modifiers.unknown.isEmpty, !modifiers.vanished, modifiers.partial == nil else {
      return try complete(.notImplemented)
    }
    let folder = try selected()
    var wanted = folder.index.uids(in: uids)
    if let since = modifiers.changedSince { wanted = wanted.filter { (folder.index[$0]?.modSequence ?? 0) > since } }
    fetch = FetchWork(items: items, uids: wanted)
    try continueFetch()
  }

  /// Octets of responses before the client must take them, and of each part of what is streamed.
  private static let batch = 1 << 16

  /// Sends messages until there is enough to write, or the contents of one are to be streamed.
  func continueFetch() throws(HostError) {
    guard let work = fetch else { return }
    let folder = try selected()
    var budget = Self.batch
    var position = work.position
    while budget > 0, position < work.uids.count, fetch?.parts.isEmpty == true {
      let uid = work.uids[position]
      position += 1
      fetch?.position = position
      do throws(HostError) { budget -= try tell(uid, work.items, in: folder) } catch .mailbox(.messageGone) {
        // Another program took it away: the client hears of that behind the answer.
        continue
      }
    }
    // What is streamed is asked for before there is room for more.
    guard position >= work.uids.count, fetch?.parts.isEmpty == true else {
      return try onMachine { () throws(MisuseError) in try machine.awaitRoom() }
    }
    fetch = nil
    try complete()
  }

  /// Sends the next octets of what is streamed.
  func sendPart() throws(HostError) {
    guard var part = fetch?.parts.first else { throw .misuse(.contentNotExpected) }
    let end = min(part.range.upperBound, part.range.lowerBound + UInt64(Self.batch))
    let bytes: [UInt8]
    do throws(MailboxError) { bytes = try part.text.read(part.range.lowerBound..<end) } catch {
      // Its size is told: what came next would be taken for the message.
      fetch = nil
      return machine.transportDidChange(.failed, at: loop.now)
    }
    part.range = end..<part.range.upperBound
    fetch?.parts.removeFirst()
    if !part.range.isEmpty { fetch?.putBack(part) }
    do throws(MisuseError) { try machine.sendContent(bytes.span) } catch { throw .misuse(error) }
  }

  /// Sends what was asked of a message, and returns about how many octets that has.
  private func tell(_ uid: UInt32, _ items: FetchItems, in folder: MailFolder) throws(HostError) -> Int {
    guard machine.mailbox?.sequenceNumber(of: uid) != nil, var message = folder.index[uid] else { return 1 }
    let attributes = items.attributes
    var isFlagsTold = attributes.contains(.flags)
    let found = try onMailboxes { () throws(MailboxError) in
      let found = try MessageItems(items, of: message, in: folder)
      if items.marksSeen, !machine.isReadOnly, !message.flags.contains(.seen) {
        _ = try folder.store(.add, FlagSet([.seen] as SystemFlags), of: NumberRanges(ascending: [uid]))
        isFlagsTold = true
      }
      return found
    }
    message = folder.index[uid] ?? message
    let size =
      attributes.contains(.size) ? try onMailboxes { () throws(MailboxError) in try folder.size(of: uid) } : nil
    let date = attributes.contains(.internalDate) ? try? IMAPDateTime(secondsSince1970: message.internalDate) : nil
    try onMachine { () throws(MisuseError) in
      try machine.sendMessage(
        uid, flags: isFlagsTold ? folder.flags(of: message) : nil, internalDate: date, size: size,
        modSequence: attributes.contains(.modSeq) || isFlagsTold ? message.modSequence : nil, items: found.items)
    }
    fetch?.parts = found.parts
    return found.octets
  }
}
