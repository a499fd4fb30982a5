/// The file that tells other programs what the letters `a` to `z` mean in a mailbox: `0 $Forwarded`, a line for each.
enum KeywordFile {
  private static func file(_ path: String) -> String { path + "/postoffice-keywords" }

  static func write(_ keywords: [String], _ path: String) throws(SystemError) {
    let lines = keywords.enumerated().map { "\($0) \($1)\n" }
    try Files.replace(file(path), by: [UInt8](lines.joined().utf8))
  }

  /// The keywords in their order; none when the file is missing or makes no sense.
  static func read(_ path: String) -> [String] {
    guard let content = try? Files.content(of: file(path)) else { return [] }
    var keywords: [String] = []
    for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, Int(fields[0]) == keywords.count, keywords.count < FolderIndex.maximumKeywords else {
        return keywords
      }
      keywords.append(String(fields[1]))
    }
    return keywords
  }
}
