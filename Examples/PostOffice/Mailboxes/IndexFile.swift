/// The files that keep a mailbox's index: a snapshot and the log of what changed since.
///
/// Each record of the log is behind its length and checksum, so that one that was not written to its end is known. When the
/// log has grown as large as the snapshot, a new snapshot is written beside the old one and takes its name; the number that
/// both files begin with tells a log that belongs to an older snapshot.
struct IndexFile: ~Copyable {
  /// The Maildir.
  var path: String
  /// Whether there is a log that goes with the snapshot. It is opened for each record: many mailboxes may be in use.
  private var hasLog = false
  private var generation: UInt64 = 0
  private(set) var logLength = 0
  private var snapshotLength = 0
  /// Whether the log has something at its end that could not be taken back.
  private var isBroken = false

  static let snapshotName = "postoffice-index"
  static let logName = "postoffice-log"
  /// A log is never rewritten below this size.
  private static let smallestLog = 1 << 16

  init(path: String) { self.path = path }

  private var snapshotPath: String { path + "/" + Self.snapshotName }
  private var logPath: String { path + "/" + Self.logName }

  // MARK: Reading

  /// The index as it was left; nil when there is none, or none that can be read.
  mutating func load() throws(SystemError) -> FolderIndex? {
    guard Files.kind(of: snapshotPath) == .ordinary else { return nil }
    let bytes = try Files.content(of: snapshotPath)
    var index = FolderIndex()
    var offset = 0
    guard let head = RecordReader.frame(in: bytes, at: 0), let number = Self.generation(in: bytes, head) else {
      return nil
    }
    generation = number
    offset = head.upperBound
    while offset < bytes.count {
      // A snapshot gets its name when it is whole: a broken one was damaged by something else.
      guard let frame = RecordReader.frame(in: bytes, at: offset), Self.apply(bytes, frame, to: &index) else {
        return nil
      }
      offset = frame.upperBound
    }
    guard index.uidValidity > 0 else { return nil }
    snapshotLength = bytes.count
    try loadLog(into: &index)
    return index
  }

  private mutating func loadLog(into index: inout FolderIndex) throws(SystemError) {
    guard Files.kind(of: logPath) == .ordinary else { return try beginLog() }
    let bytes = try Files.content(of: logPath)
    guard let head = RecordReader.frame(in: bytes, at: 0), Self.generation(in: bytes, head) == generation else {
      return try beginLog()
    }
    var offset = head.upperBound
    while let frame = RecordReader.frame(in: bytes, at: offset) {
      guard Self.apply(bytes, frame, to: &index) else { break }
      offset = frame.upperBound
    }
    if offset < bytes.count { try Files.cut(logPath, to: UInt64(offset)) }
    hasLog = true
    logLength = offset
  }

  private static func apply(_ bytes: [UInt8], _ frame: Range<Int>, to index: inout FolderIndex) -> Bool {
    var reader = RecordReader(bytes, frame)
    while !reader.isAtEnd {
      guard let record = IndexRecord(from: &reader) else { return false }
      index.apply(record)
    }
    return true
  }

  private static func generation(in bytes: [UInt8], _ frame: Range<Int>) -> UInt64? {
    var reader = RecordReader(bytes, frame)
    let isOurs = reader.text() == magic
    let number = reader.number()
    return isOurs && !reader.isBroken ? number : nil
  }

  private static let magic = "postoffice 1"

  // MARK: Writing

  /// Adds records to the log, all of them or none.
  ///
  /// - Parameter isDurable: whether they are on the disk afterwards, and not only with the system.
  mutating func append(_ records: [IndexRecord], isDurable: Bool) throws(MailboxError) {
    guard !isBroken, hasLog else { throw .broken }
    var writer = RecordWriter()
    for record in records { record.write(to: &writer) }
    let frame = writer.frame
    do throws(SystemError) {
      let log = try Files.openToAppend(logPath)
      try log.sendAll(frame.span)
      if isDurable { try log.synchronise() }
    } catch {
      // Half a record would hide those behind it, and a whole one would say what nobody was told.
      do throws(SystemError) { try Files.cut(logPath, to: UInt64(logLength)) } catch { isBroken = true }
      throw .system(error)
    }
    logLength += frame.count
  }

  /// Whether a snapshot should be written: the log is long, cannot be written to, or is not as it was left.
  var wantsSnapshot: Bool {
    isBroken || !hasLog || logLength > max(Self.smallestLog, snapshotLength)
      || Files.status(of: logPath)?.octets != UInt64(logLength)
  }

  /// Writes the whole index and begins a new log.
  mutating func write(_ index: FolderIndex) throws(SystemError) {
    var bytes = Self.head(generation + 1)
    var writer = RecordWriter()
    index.forEachPortion { portion in
      writer.removeAll()
      for record in portion { record.write(to: &writer) }
      bytes += writer.frame
    }
    try Files.replace(snapshotPath, by: bytes)
    // From here on the old log counts no more, whatever happens.
    generation += 1
    snapshotLength = bytes.count
    hasLog = false
    try beginLog()
    isBroken = false
  }

  private mutating func beginLog() throws(SystemError) {
    let head = Self.head(generation)
    try Files.replace(logPath, by: head)
    hasLog = true
    logLength = head.count
  }

  private static func head(_ generation: UInt64) -> [UInt8] {
    var writer = RecordWriter()
    writer.write(magic)
    writer.write(generation)
    return writer.frame
  }
}
