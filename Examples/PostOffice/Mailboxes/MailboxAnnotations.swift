import IMAPCodec

/// What the owner of a mailbox, or of all of them, has noted about it: annotations of
/// [RFC 5464](https://www.rfc-editor.org/rfc/rfc5464), and the special use of [RFC 6154](https://www.rfc-editor.org/rfc/rfc6154).
///
/// It lies in a file of its own, which is replaced as a whole.
struct MailboxAnnotations: Equatable {
  /// Attributes such as `\Sent`.
  var specialUse: [Flag] = []
  /// Values by the entries' names in lower case.
  private(set) var values: [String: [UInt8]] = [:]

  /// The largest value in octets.
  static let maximumSize = 64 << 10
  /// How many entries there can be.
  static let maximumCount = 100
  static let fileName = "postoffice-folder"
  private static let magic = "postoffice folder 1"

  init() {}

  /// Sets a value, or removes it with nil.
  mutating func set(_ entry: String, to value: [UInt8]?) throws(MailboxError) {
    let name = entry.lowercased()
    if let value, value.count > Self.maximumSize { throw .annotationTooLarge }
    if value != nil, values[name] == nil, values.count >= Self.maximumCount { throw .tooManyAnnotations }
    values[name] = value
  }

  // MARK: The file

  /// What the file says; nothing where there is none or it makes no sense.
  init(in folder: String) {
    guard let bytes = try? Files.content(of: folder + "/" + Self.fileName) else { return }
    guard let frame = RecordReader.frame(in: bytes, at: 0) else { return }
    var reader = RecordReader(bytes, frame)
    guard reader.text() == Self.magic else { return }
    for _ in 0..<min(reader.number(), 16) { if let use = try? Flag(reader.text()) { specialUse.append(use) } }
    while !reader.isAtEnd {
      let name = reader.text()
      let value = reader.octets()
      if !reader.isBroken { values[name] = value }
    }
  }

  /// Puts it into the file; it is on the disk afterwards.
  func write(in folder: String) throws(SystemError) {
    var writer = RecordWriter()
    writer.write(Self.magic)
    writer.write(UInt64(specialUse.count))
    for use in specialUse { writer.write(use.description) }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      writer.write(name)
      writer.write(value)
    }
    try Files.replace(folder + "/" + Self.fileName, by: writer.frame)
  }
}
