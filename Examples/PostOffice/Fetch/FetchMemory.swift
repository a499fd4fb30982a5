/// Which messages have been fetched, so that none is fetched twice: a file with a unique-id and an account on each line.
struct FetchMemory: ~Copyable {
  private let path: String
  private let account: String
  /// Two processes that fetch into one folder would not know of each other's messages.
  private let lock: Descriptor
  private let file: Descriptor
  private(set) var uniqueIDs: Set<String> = []
  private var others: [String] = []

  /// Locks `directory` and reads its memory of what came from `account`.
  init(directory: String, account: String) throws(SystemError) {
    let path = directory + "/.postoffice-fetched"
    let account = String(account.map { $0.isNewline ? "?" : $0 })
    let lock = try Files.lockFolder(directory)
    let file = try Files.openToAppend(path)
    for line in try Self.read(path).split(whereSeparator: \.isNewline) {
      guard let space = line.firstIndex(of: " ") else { continue }
      if line[line.index(after: space)...] == account {
        uniqueIDs.insert(String(line[..<space]))
      } else {
        others.append(String(line))
      }
    }
    self.path = path
    self.account = account
    self.lock = lock
    self.file = file
  }

  /// Notes that a message lies in the Maildir. A power failure may forget the latest notes: those messages come twice.
  mutating func add(_ uniqueID: String) throws(SystemError) {
    guard uniqueIDs.insert(uniqueID).inserted else { return }
    try file.sendAll([UInt8]("\(uniqueID) \(account)\n".utf8).span)
  }

  /// Forgets what is on the server no longer.
  mutating func keepOnly(_ present: Set<String>) throws(SystemError) {
    guard !uniqueIDs.isSubset(of: present) else { return }
    uniqueIDs.formIntersection(present)
    let lines = others + uniqueIDs.sorted().map { "\($0) \(account)" }
    try? Files.remove(path + ".new")
    let replacement = try Files.create(path + ".new")
    try replacement.sendAll([UInt8](lines.map { $0 + "\n" }.joined().utf8).span)
    try replacement.synchronise()
    try Files.move(path + ".new", to: path)
  }

  private static func read(_ path: String) throws(SystemError) -> String {
    let file = try Files.openToRead(path)
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      switch file.receive(into: &buffer) {
      case .bytes(let count): text.append(contentsOf: buffer[..<count])
      case .notNow: continue
      case .end: return String(decoding: text, as: UTF8.self)
      case .failed(let error): throw SystemError(path, code: error.code)
      }
    }
  }
}
