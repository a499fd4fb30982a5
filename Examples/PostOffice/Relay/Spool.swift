import MailDelivery
import MailWire

/// The queue on the disk: a folder with the content of each message and, beside it, what the queue knows of it.
///
///     tmp/…         what is being written
///     content/ID    the message, once, whatever the number of its recipients
///     records/ID    the queue's records of it, the whole one first: each behind its length in four octets
///     orders/…      what `postoffice queue` asks a running server to do
///
/// A message is in the queue when its file in `records` is there, which comes last and goes first.
final class Spool {
  let path: String
  /// The octets of each file in `records`.
  private var lengths: [QueueID: UInt64] = [:]

  /// Makes the folders where they are missing.
  init(path: String) throws(SystemError) {
    self.path = path
    for folder in ["tmp", "content", "records", "orders"] { try Files.makeFolder(path + "/" + folder) }
  }

  private init(existing path: String) { self.path = path }

  /// The spool of another process, to look into it.
  static func reading(_ path: String) -> Spool { Spool(existing: path) }

  func contentPath(_ id: QueueID) -> String { "\(path)/content/\(id)" }
  private func recordPath(_ id: QueueID) -> String { "\(path)/records/\(id)" }

  /// Begins to write a message.
  func beginDelivery(_ unique: String) throws(SystemError) -> Delivery {
    try Delivery(in: Maildir(path: path), unique: unique)
  }

  /// Whether the message has a record.
  func has(_ id: QueueID) -> Bool { lengths[id] != nil }

  // MARK: Writing

  /// Stores a record; it is on the disk afterwards.
  func write(_ record: DeliveryRecord) throws(SystemError) {
    switch record.kind {
    case .whole: try replace(record)
    case .change: try append(record)
    case .removal: remove(record.id)
    }
  }

  private func replace(_ record: DeliveryRecord) throws(SystemError) {
    let temporary = "\(path)/tmp/\(record.id).record"
    try? Files.remove(temporary)
    do throws(SystemError) {
      let file = try Files.create(temporary)
      let frame = Self.frame(record.bytes)
      try file.sendAll(frame.span)
      try file.synchronise()
      try Files.move(temporary, to: recordPath(record.id))
      lengths[record.id] = UInt64(frame.count)
      try Files.synchroniseFolder(path + "/records")
    } catch {
      try? Files.remove(temporary)
      throw error
    }
  }

  private func append(_ record: DeliveryRecord) throws(SystemError) {
    guard let length = lengths[record.id] else { throw SystemError(recordPath(record.id), code: 2) }
    let file = try Files.openToAppend(recordPath(record.id))
    let frame = Self.frame(record.bytes)
    do throws(SystemError) {
      try file.sendAll(frame.span)
      try file.synchronise()
      lengths[record.id] = length + UInt64(frame.count)
    } catch {
      // Half a record would hide those behind it.
      try? Files.cut(recordPath(record.id), to: length)
      throw error
    }
  }

  /// Should the system stop before this is on the disk, the message is tried once more: nothing is lost.
  func remove(_ id: QueueID) {
    try? Files.remove(recordPath(id))
    try? Files.remove(contentPath(id))
    lengths[id] = nil
  }

  private static func frame(_ bytes: [UInt8]) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
  }

  // MARK: Reading

  /// Gives all records to a queue that has not begun. A last record that was not written to its end is left out, and cut
  /// off unless this is somebody else's spool.
  func restore(_ queue: inout DeliveryQueue, repairing: Bool) throws(SystemError) {
    for name in try Files.names(in: path + "/records") {
      guard let number = UInt64(name) else { continue }
      let id = QueueID(number)
      guard let bytes = try? Files.content(of: recordPath(id)) else { continue }
      let length = restore(bytes, to: &queue)
      guard repairing else { continue }
      if length == 0 {
        Console.complaint("\(recordPath(id)) cannot be read and is put aside")
        for file in [recordPath(id), contentPath(id)] { try? Files.move(file, to: file + ".unreadable") }
      } else {
        if length < bytes.count { try Files.cut(recordPath(id), to: UInt64(length)) }
        lengths[id] = UInt64(length)
      }
    }
    if repairing { try removeLeftovers() }
  }

  /// The octets up to the end of the last good record.
  private func restore(_ bytes: [UInt8], to queue: inout DeliveryQueue) -> Int {
    var offset = 0
    while offset + 4 <= bytes.count {
      let length = bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
      let end = offset + 4 + length
      guard end <= bytes.count else { break }
      do { try queue.restore(bytes.span.extracting((offset + 4)..<end)) } catch { break }
      offset = end
    }
    return offset
  }

  /// What a killed server left half written: it was not answered with 250.
  private func removeLeftovers() throws(SystemError) {
    for name in try Files.names(in: path + "/tmp") { try? Files.remove("\(path)/tmp/\(name)") }
    for name in try Files.names(in: path + "/content") {
      guard let number = UInt64(name), Files.kind(of: recordPath(QueueID(number))) == .other else { continue }
      try? Files.remove("\(path)/content/\(name)")
    }
  }
}
