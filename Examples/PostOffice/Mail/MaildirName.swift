/// A file name in a Maildir: `1790000000.M000123P4711Q1.host,S=512,W=512:2,S`.
///
/// What precedes the first comma or colon is unique and never changes, although mail programs move the file from `new` to
/// `cur` and edit the flags behind the colon. `W` is the size with CRLF line ends, which POP3 wants to know without
/// reading the file.
struct MaildirName {
  /// The whole name of the file.
  let file: String
  /// The part that stays the same.
  let unique: String

  init(file: String) {
    self.file = file
    unique = String(file.prefix { $0 != "," && $0 != ":" })
  }

  /// The name under which a message of this size is delivered.
  init(unique: String, size: UInt64) {
    self.unique = unique
    file = "\(unique),S=\(size),W=\(size)"
  }

  /// The size with CRLF line ends, when the name tells it.
  var canonicalSize: UInt64? {
    for field in file.prefix(while: { $0 != ":" }).split(separator: ",").dropFirst() where field.hasPrefix("W=") {
      return UInt64(field.dropFirst(2))
    }
    return nil
  }

  /// What identifies the message to POP3 clients for ever: 1 to 70 visible ASCII characters.
  ///
  /// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7). A foreign program's name may be longer or hold other
  /// characters; two hashes stand for it then.
  var uniqueID: String {
    let fits = unique.utf8.count <= 70 && unique.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    return fits && !unique.isEmpty
      ? unique : Self.hash(unique, seed: 0) + Self.hash(unique, seed: 0x9E37_79B9_7F4A_7C15)
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ text: String, seed: UInt64) -> String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
