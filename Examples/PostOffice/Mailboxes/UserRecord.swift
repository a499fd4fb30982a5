import IMAPCodec

/// What is kept of a user beside his mailboxes: subscriptions, and what must not be used twice.
struct UserRecord: Equatable {
  var subscriptions: Set<FolderName> = []
  /// The last UIDVALIDITY that a mailbox of the user got.
  var lastUIDValidity: UInt32 = 0
  /// A renaming that has begun: it is brought to its end when the process was ended meanwhile.
  var renaming: Renaming?

  struct Renaming: Equatable {
    let old: FolderName
    let new: FolderName
  }

  private static let fileName = "postoffice-user"
  private static let magic = "postoffice user 1"

  init() {}

  /// What the file says; nil where there is none.
  init?(in folder: String) throws(SystemError) {
    let path = folder + "/" + Self.fileName
    guard Files.kind(of: path) == .ordinary else { return nil }
    let bytes = try Files.content(of: path)
    guard let frame = RecordReader.frame(in: bytes, at: 0) else { return nil }
    var reader = RecordReader(bytes, frame)
    guard reader.text() == Self.magic else { return nil }
    lastUIDValidity = reader.number32()
    if let old = Self.name(&reader), let new = Self.name(&reader) { renaming = Renaming(old: old, new: new) }
    while !reader.isAtEnd { if let name = Self.name(&reader) { subscriptions.insert(name) } }
    if reader.isBroken { return nil }
  }

  private static func name(_ reader: inout RecordReader) -> FolderName? {
    (try? MailboxName(reader.octets().span)).flatMap { $0.bytes.isEmpty ? nil : FolderName($0) }
  }

  /// Puts it into the file; it is on the disk afterwards.
  func write(in folder: String) throws(SystemError) {
    var writer = RecordWriter()
    writer.write(Self.magic)
    writer.write(UInt64(lastUIDValidity))
    writer.write(renaming?.old.wire ?? "")
    writer.write(renaming?.new.wire ?? "")
    for name in subscriptions.sorted() { writer.write(name.wire) }
    try Files.replace(folder + "/" + Self.fileName, by: writer.frame)
  }
}
