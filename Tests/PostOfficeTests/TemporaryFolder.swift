@testable import PostOffice

/// A folder that a test has for itself.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws { path = try Files.makeTemporaryFolder() }

  deinit { try? Files.removeTree(path) }
}

extension Files {
  /// The whole content of a file.
  static func content(of path: String) throws(SystemError) -> [UInt8] {
    let file = try openToRead(path)
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      switch file.receive(into: &buffer) {
      case .bytes(let count): content += buffer[..<count]
      case .notNow: continue
      case .end: return content
      case .failed(let error): throw error
      }
    }
  }

  static func write(_ text: String, to path: String) throws(SystemError) {
    let file = try create(path)
    try file.sendAll([UInt8](text.utf8).span)
  }
}
