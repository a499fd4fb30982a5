import IMAPCodec

/// What is left of a `FETCH`.
struct FetchWork {
  let items: FetchItems
  let uids: [UInt32]
  /// How many of them are told.
  var position = 0
  /// The contents of the last message that are streamed, the first one at the front.
  var parts: ArraySlice<StreamedPart> = []

  /// What is left of the first part goes back to the front.
  mutating func putBack(_ part: StreamedPart) { parts = [part] + parts }
}

/// Octets of a message that are sent bit by bit.
struct StreamedPart {
  let text: MessageText
  /// What is left of them.
  var range: Range<UInt64>
}

/// The text of a message, in memory or on the disk.
enum MessageText {
  case bytes([UInt8])
  case file(MessageContent)

  /// Octets of the text, fit for a literal: a NUL, which none may have, is an octet that no charset knows.
  func read(_ range: Range<UInt64>) throws(MailboxError) -> [UInt8] {
    var bytes: [UInt8]
    switch self {
    case .bytes(let all): bytes = [UInt8](all[Int(range.lowerBound)..<Int(range.upperBound)])
    case .file(let content):
      bytes = try onDisk { () throws(SystemError) in try content.read(Int(range.count), at: range.lowerBound) }
      // Another program has cut the file.
      guard bytes.count == range.count else { throw .messageGone }
    }
    bytes.replaceNulls()
    return bytes
  }
}

extension [UInt8] {
  /// Puts 0x80 in the place of NUL, which no literal may have.
  mutating func replaceNulls() {
    guard contains(0) else { return }
    for index in indices where self[index] == 0 { self[index] = 0x80 }
  }
}
