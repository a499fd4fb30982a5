import IMAPCodec

/// A message that a client is appending: it lies in `tmp`, and nothing of it remains unless the mailbox takes it.
final class PendingMessage {
  let unique: String
  /// The flags that it will have.
  var flags = FlagSet()
  /// Seconds since 1970; nil for now.
  var internalDate: Int64?
  /// The octets so far.
  private(set) var octets: UInt64 = 0
  private var lonelyLineFeeds: UInt64 = 0
  private var lastByte: UInt8 = 0
  private let file: Descriptor
  private let folder: MailFolder
  private var unwritten: [UInt8] = []
  private var isTaken = false

  private static let writeSize = 1 << 16

  init(in folder: MailFolder) throws(MailboxError) {
    let unique = folder.environment.nextName()
    guard !folder.isDeleted else { throw .missing }
    self.folder = folder
    self.unique = unique
    file = try onDisk { () throws(SystemError) in try Files.create(folder.path + "/tmp/" + unique) }
  }

  deinit { if !isTaken { try? Files.remove(folder.path + "/tmp/" + unique) } }

  /// The size that clients are told: each line ends with CRLF.
  var size: UInt64 { octets + lonelyLineFeeds }

  /// Adds the next part.
  func append(_ bytes: Span<UInt8>) throws(MailboxError) {
    octets += UInt64(bytes.count)
    unwritten.reserveCapacity(unwritten.count + bytes.count)
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 10, lastByte != 13 { lonelyLineFeeds += 1 }
      lastByte = byte
      unwritten.append(byte)
    }
    if unwritten.count >= Self.writeSize { try flush() }
  }

  private func flush() throws(MailboxError) {
    let bytes = unwritten
    unwritten.removeAll(keepingCapacity: true)
    try onDisk { () throws(SystemError) in try file.sendAll(bytes.span) }
  }

  /// Writes what is left; the file is on the disk afterwards.
  func finish() throws(MailboxError) {
    try flush()
    try onDisk { () throws(SystemError) in
      if let internalDate { try Files.setModified(file, to: internalDate) }
      try file.synchronise()
    }
  }

  /// The file is the mailbox's now.
  func taken() { isTaken = true }
}
