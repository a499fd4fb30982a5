#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Makes names that no other message on any machine has, in the order of arrival: time, process, counter, host.
struct UniqueNames {
  private let process: Int32
  private let host: String
  private var lastMicrosecond: Int64 = 0
  private var counter = 0

  init(process: Int32 = getpid(), host: String = UniqueNames.localHost()) {
    self.process = process
    self.host = String(host.prefix(24).map { Self.isPlain($0) ? $0 : "_" })
  }

  /// The next name. Names compare like their arrival even when the clock stands still or is set back.
  mutating func next(at microsecondsSince1970: Int64) -> String {
    lastMicrosecond = max(lastMicrosecond + 1, microsecondsSince1970)
    counter += 1
    let microseconds = String(lastMicrosecond % 1_000_000)
    let padding = String(repeating: "0", count: 6 - microseconds.count)
    return "\(lastMicrosecond / 1_000_000).M\(padding)\(microseconds)P\(process)Q\(counter).\(host)"
  }

  /// Whether a process of this program on this host made the name and is gone, or had our number before us.
  func isLeftover(_ file: String) -> Bool {
    let parts = file.split(separator: ".", maxSplits: 2)
    guard
      parts.count == 3, parts[1].first == "M", parts[2] == host,
      let start = parts[1].firstIndex(of: "P"), let end = parts[1].firstIndex(of: "Q"), start < end,
      let maker = Int32(parts[1][parts[1].index(after: start)..<end])
    else { return false }
    return maker == process || kill(maker, 0) != 0 && errno == ESRCH
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == ".")
  }

  static func localHost() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
