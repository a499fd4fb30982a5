import IMAPCodec

/// Flags as letters behind a file's name: `1790000000.M1P2Q3.host,S=9,W=9:2,FSab`.
///
/// Capitals are the system's flags, `a` to `z` the mailbox's first 26 keywords. Letters that mean nothing here, such as `P`,
/// stay.
enum MaildirFlags {
  private static let letters: [(letter: Character, flag: SystemFlags)] = [
    ("D", .draft), ("F", .flagged), ("R", .answered), ("S", .seen), ("T", .deleted)
  ]

  /// How many keywords have a letter.
  static let lettered = 26
  /// The bits of the keywords that have one.
  static let letteredMask: UInt64 = (1 << UInt64(lettered)) - 1

  static func unique(of file: String) -> Substring { file.prefix { $0 != "," && $0 != ":" } }

  /// What the letters of a file's name say.
  static func parse(_ file: String) -> (flags: SystemFlags, keywords: UInt64) {
    var flags: SystemFlags = []
    var keywords: UInt64 = 0
    for byte in info(of: file).utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): keywords |= 1 << UInt64(byte - UInt8(ascii: "a"))
      case UInt8(ascii: "D"): flags.insert(.draft)
      case UInt8(ascii: "F"): flags.insert(.flagged)
      case UInt8(ascii: "R"): flags.insert(.answered)
      case UInt8(ascii: "S"): flags.insert(.seen)
      case UInt8(ascii: "T"): flags.insert(.deleted)
      default: break
      }
    }
    return (flags, keywords)
  }

  /// The name that the file has with other flags; letters in the order of ASCII, as the custom is.
  static func name(_ file: String, with flags: SystemFlags, _ keywords: UInt64) -> String {
    let base = file.prefix { $0 != ":" }
    var bytes = [UInt8](info(of: file).utf8).filter { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte) && !"DFRST".utf8.contains(byte)
    }
    for (letter, flag) in letters where flags.contains(flag) { bytes += letter.utf8 }
    for index in 0..<lettered where keywords >> UInt64(index) & 1 == 1 {
      bytes.append(UInt8(ascii: "a") + UInt8(index))
    }
    return base + ":2," + String(decoding: bytes.sorted(), as: UTF8.self)
  }

  /// The letters.
  private static func info(of file: String) -> Substring {
    guard let colon = file.lastIndex(of: ":"), file[colon...].hasPrefix(":2,") else { return "" }
    return file[colon...].dropFirst(3)
  }

  /// The number behind `field=` in a name: `S` for the octets of the file, `W` for those with CRLF line ends.
  static func number(_ field: Character, in file: String) -> UInt64? {
    for part in file.prefix(while: { $0 != ":" }).split(separator: ",").dropFirst() where part.first == field {
      if part.dropFirst().first == "=" { return UInt64(part.dropFirst(2)) }
    }
    return nil
  }
}
