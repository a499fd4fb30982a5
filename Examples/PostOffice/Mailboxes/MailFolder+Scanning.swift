import IMAPCodec
import MailWire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension MailFolder {
  /// Takes in what other programs did, if the folders changed since they were looked through.
  ///
  /// Cheap when nothing happened: two questions to the system. Looking through takes time linear in the messages, and is done
  /// no more often than so that it takes a twentieth of the time.
  ///
  /// - Parameter isUrgent: whether it is done however short ago it was done last.
  func refresh(isUrgent: Bool = false) throws(MailboxError) {
    guard !isDeleted else { throw .missing }
    let times = Files.times(of: path)
    if times == FolderTimes(), Files.kind(of: path + "/cur") != .folder {
      // Another program has removed the folder or given it another name.
      delete()
      throw .missing
    }
    let isKnown = times == knownTimes
    if isKnown, isVerified, !isUrgent { return }
    let start = Clock.now
    guard isUrgent || start >= (isKnown ? verification : nextScan) else { return }
    try scan()
    let end = Clock.now
    // What is not verified for the coarse clock of file systems alone can wait.
    verification = end + max((end - start) * 100, .seconds(1))
    nextScan = end + (end - start) * 20
  }

  /// What one look through the folders found.
  private struct Finding {
    var times: FolderTimes
    var wallClock: Int64
    var isFound: [Bool]
    /// Whether the file has the name and place that it had.
    var isExact: [Bool]
    /// Known messages under another name or in the other folder.
    var moved: [UInt32: (file: String, isNew: Bool)] = [:]
    var unknown: [String: (file: String, isNew: Bool)] = [:]
  }

  private func scan() throws(MailboxError) {
    var finding = try look()
    // A file that gets another name meanwhile may be missed. Only a look at folders that stand still tells what is gone.
    var tries = 1
    while Files.times(of: path) != finding.times, tries < 5 {
      finding = try look()
      tries += 1
    }
    let isStill = Files.times(of: path) == finding.times
    var records: [IndexRecord] = []
    let modSequence = nextModSequence
    var changed: [UInt32] = []
    for (uid, place) in finding.moved.sorted(by: { $0.key < $1.key }) {
      guard let message = index[uid] else { continue }
      let record = record(of: message, at: place, modSequence)
      records.append(record.record)
      if record.hasOtherFlags { changed.append(uid) }
    }
    var gone: [UInt32] = []
    if isStill {
      index.forEachSlot { slot, message in if !finding.isFound[slot] { gone.append(message.uid) } }
      if !gone.isEmpty { records.append(.expunged(uids: gone, modSequence: modSequence)) }
    }
    let arrivals = try messages(found: finding.unknown, modSequence)
    records += arrivals.map { .added($0) }
    isVerified = isStill && finding.times.latest < (finding.wallClock - 100_000) * 1000
    if isVerified, index.times != finding.times { records.append(.scanned(finding.times)) }
    let keys = gone.compactMap { index[$0].map { Self.key($0.unique) } }
    try commit(records, isDurable: !gone.isEmpty || !arrivals.isEmpty)
    knownTimes = finding.times
    for key in keys { lookup?[key] = nil }
    remember(arrivals)
    if !gone.isEmpty { post(.expunged(NumberRanges(ascending: gone), modSequence: modSequence)) }
    postFlags(of: changed, modSequence)
    if !arrivals.isEmpty { post(.appeared(NumberRanges(ascending: arrivals.map(\.uid)), modSequence: modSequence)) }
  }

  /// Faster than comparing one octet after the other.
  private static func isSame(_ file: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var file = file
    return file.withUTF8 { name in
      guard name.count == bytes.count, let start = name.baseAddress, let other = bytes.baseAddress else { return false }
      return unsafe memcmp(start, other, name.count) == 0
    }
  }

  private func look() throws(MailboxError) -> Finding {
    let lookup = makeLookup()
    var finding = Finding(
      times: Files.times(of: path), wallClock: Clock.microsecondsSince1970,
      isFound: [Bool](repeating: false, count: index.slotCount),
      isExact: [Bool](repeating: false, count: index.slotCount))
    // What another program moves on to `cur` meanwhile is seen twice, and not missed.
    for isNew in [true, false] {
      try onDisk { () throws(SystemError) in
        unsafe try Files.forEachName(in: path + (isNew ? "/new" : "/cur")) { bytes in
          let end = unsafe bytes.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") } ?? bytes.count
          let key = unsafe Self.key(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
          if let uid = lookup[key], let slot = index.slot(of: uid) {
            let message = index[slot: slot]
            let isSame = unsafe Self.isSame(message.file, bytes)
            guard unsafe isSame || message.unique.utf8.elementsEqual(bytes[..<end]) else { return }
            // What a program left in `new` that was killed while it moved the file does not count, nor a second name.
            if finding.isExact[slot], !message.isNew { return }
            finding.isFound[slot] = true
            finding.isExact[slot] = isSame && message.isNew == isNew
            if finding.isExact[slot] {
              if !finding.moved.isEmpty { finding.moved[uid] = nil }
            } else if let file = unsafe String(validating: bytes, as: UTF8.self) {
              finding.moved[uid] = (file, isNew)
            }
          } else if let file = unsafe String(validating: bytes, as: UTF8.self) {
            finding.unknown[String(MaildirFlags.unique(of: file))] = (file, isNew)
          }
        }
      }
    }
    return finding
  }
}
