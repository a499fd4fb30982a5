import IMAPCodec

/// A change of a mailbox's index, as it stands in the log; a snapshot is made of the same.
enum IndexRecord: Equatable {
  /// What the mailbox is, first in a snapshot.
  case mailbox(uidValidity: UInt32, id: UInt64)
  /// No UID below the one was ever, and no mod-sequence above the other was ever, given out.
  case progress(uidNext: UInt32, highestModSequence: UInt64)
  case keyword(index: Int, name: String)
  case added(StoredMessage)
  /// Flags, name and place of a message.
  case changed(
    uid: UInt32, modSequence: UInt64, flags: SystemFlags, keywords: UInt64, isNew: Bool, file: String)
  case expunged(uids: [UInt32], modSequence: UInt64)
  /// Expunged messages are forgotten up to this mod-sequence.
  case forgotten(upTo: UInt64)
  case sized(uid: UInt32, size: UInt64)
  /// Messages below are recent to nobody.
  case recent(from: UInt32)
  /// How the folders were when they were looked through.
  case scanned(FolderTimes)

  func write(to writer: inout RecordWriter) {
    writer.write(byte: kind)
    switch self {
    case .mailbox(let uidValidity, let id):
      writer.write(UInt64(uidValidity))
      writer.write(id)
    case .progress(let uidNext, let highestModSequence):
      writer.write(UInt64(uidNext))
      writer.write(highestModSequence)
    case .keyword(let index, let name):
      writer.write(UInt64(index))
      writer.write(name)
    case .added(let message):
      Self.write(message, to: &writer)
    case .changed(let uid, let modSequence, let flags, let keywords, let isNew, let file):
      writer.write(UInt64(uid))
      writer.write(modSequence)
      writer.write(byte: flags.rawValue)
      writer.write(keywords)
      writer.write(byte: isNew ? 1 : 0)
      writer.write(file)
    case .expunged(let uids, let modSequence):
      writer.write(modSequence)
      writer.write(UInt64(uids.count))
      var previous: UInt32 = 0
      for uid in uids {
        writer.write(UInt64(uid &- previous))
        previous = uid
      }
    case .forgotten(let modSequence):
      writer.write(modSequence)
    case .sized(let uid, let size):
      writer.write(UInt64(uid))
      writer.write(size)
    case .recent(let uid):
      writer.write(UInt64(uid))
    case .scanned(let times):
      writer.write(times.new)
      writer.write(times.current)
    }
  }

  private var kind: UInt8 {
    switch self {
    case .mailbox: 1
    case .progress: 2
    case .keyword: 3
    case .added: 4
    case .changed: 5
    case .expunged: 6
    case .forgotten: 7
    case .sized: 8
    case .recent: 9
    case .scanned: 10
    }
  }

  private static func write(_ message: StoredMessage, to writer: inout RecordWriter) {
    writer.write(UInt64(message.uid))
    writer.write(message.file)
    writer.write(byte: message.isNew ? 1 : 0)
    writer.write(byte: message.flags.rawValue)
    writer.write(message.keywords)
    writer.write(message.modSequence)
    writer.write(message.internalDate)
    writer.write(message.saveDate)
    writer.write(message.size.map { $0 + 1 } ?? 0)
    writer.write(message.emailID)
  }

  /// The next record; nil when there is none that makes sense.
  init?(from reader: inout RecordReader) {
    switch reader.byte() {
    case 1: self = .mailbox(uidValidity: reader.number32(), id: reader.number())
    case 2: self = .progress(uidNext: reader.number32(), highestModSequence: reader.number())
    case 3: self = .keyword(index: Int(reader.number() & 63), name: reader.text())
    case 4: self = .added(Self.message(from: &reader))
    case 5:
      self = .changed(
        uid: reader.number32(), modSequence: reader.number(), flags: SystemFlags(rawValue: reader.byte()),
        keywords: reader.number(), isNew: reader.byte() == 1, file: reader.text())
    case 6:
      let modSequence = reader.number()
      var count = reader.number()
      var uids: [UInt32] = []
      var previous: UInt32 = 0
      while count > 0, !reader.isBroken {
        previous = previous &+ reader.number32()
        uids.append(previous)
        count -= 1
      }
      self = .expunged(uids: uids, modSequence: modSequence)
    case 7: self = .forgotten(upTo: reader.number())
    case 8: self = .sized(uid: reader.number32(), size: reader.number())
    case 9: self = .recent(from: reader.number32())
    case 10: self = .scanned(FolderTimes(new: reader.signed(), current: reader.signed()))
    default: return nil
    }
    if reader.isBroken { return nil }
  }

  private static func message(from reader: inout RecordReader) -> StoredMessage {
    let uid = reader.number32()
    let file = reader.text()
    let isNew = reader.byte() == 1
    let flags = SystemFlags(rawValue: reader.byte())
    let keywords = reader.number()
    let modSequence = reader.number()
    let internalDate = reader.signed()
    let saveDate = reader.signed()
    let size = reader.number()
    return StoredMessage(
      uid: uid, file: file, isNew: isNew, flags: flags, keywords: keywords, modSequence: modSequence,
      internalDate: internalDate, saveDate: saveDate, size: size == 0 ? nil : size - 1, emailID: reader.number())
  }
}
