import IMAPCodec

/// What the index of a mailbox knows of a message.
struct StoredMessage: Equatable {
  let uid: UInt32
  /// The name of the file as it was seen last.
  var file: String
  /// Whether the file is in `new`; otherwise it is in `cur`.
  var isNew: Bool
  var flags: SystemFlags
  /// A bit for each of the mailbox's keywords.
  var keywords: UInt64
  var modSequence: UInt64
  /// Seconds since 1970, as for ``saveDate``.
  let internalDate: Int64
  /// When the message came into this mailbox.
  let saveDate: Int64
  /// The octets with CRLF line ends; nil until somebody asked for them.
  var size: UInt64?
  /// The same for all copies of the message.
  let emailID: UInt64

  /// The part of the file's name that never changes.
  var unique: Substring { MaildirFlags.unique(of: file) }

  /// What [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474) calls the `EMAILID`.
  var objectID: String { "M" + StoredMessage.hexadecimal(emailID) }

  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
