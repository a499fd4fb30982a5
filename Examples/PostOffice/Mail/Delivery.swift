import MailWire

/// A message on its way into one or more Maildirs. Unless it is committed, nothing of it remains.
struct Delivery: ~Copyable {
  /// The part of the file's name that never changes.
  let unique: String
  private let temporaryPath: String
  private let file: Descriptor
  private var unwritten: [UInt8] = []
  private var size = CanonicalSize()

  private static let writeSize = 1 << 16

  /// The octets so far, with CRLF line ends.
  var octets: UInt64 { size.octets }

  /// Begins to write in the `tmp` of `maildir`.
  init(in maildir: Maildir, unique: String) throws(SystemError) {
    self.unique = unique
    temporaryPath = maildir.path + "/tmp/" + unique
    file = try Files.create(temporaryPath)
  }

  deinit { try? Files.remove(temporaryPath) }

  /// Adds the next part of the message.
  mutating func append(_ bytes: [UInt8]) throws(SystemError) {
    size.add(bytes.span)
    unwritten.append(contentsOf: bytes)
    if unwritten.count >= Self.writeSize { try flush() }
  }

  /// Puts the message into every one of `maildirs`, and into a folder under another name if it is told, and returns when it
  /// is on the disk there.
  ///
  /// On an error it is in none of them.
  ///
  /// - Returns: the name of the file in each `new`.
  @discardableResult
  consuming func commit(
    to maildirs: [Maildir], and place: (folder: String, name: String)? = nil
  ) throws(SystemError) -> String {
    try flush()
    try file.synchronise()
    let name = MaildirName(unique: unique, size: size.octets)
    let places = (place.map { [$0] } ?? []) + maildirs.map { (folder: $0.path + "/new", name: name.file) }
    var delivered: [String] = []
    do throws(SystemError) {
      for place in places {
        let target = place.folder + "/" + place.name
        // The last name is a move: the common case of one recipient needs no second name and no removal.
        if delivered.count == places.count - 1 {
          try Files.move(temporaryPath, to: target)
        } else {
          try Files.link(temporaryPath, as: target)
        }
        delivered.append(target)
        try Files.synchroniseFolder(place.folder)
      }
    } catch {
      for target in delivered { try? Files.remove(target) }
      throw error
    }
    return name.file
  }

  private mutating func flush() throws(SystemError) {
    try file.sendAll(unwritten.span)
    unwritten.removeAll(keepingCapacity: true)
  }
}
