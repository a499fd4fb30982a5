@testable import PostOffice

/// A folder that a test has for itself.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws { path = try Files.makeTemporaryFolder() }

  deinit { try? Files.removeTree(path) }
}

extension Files {
  static func write(_ text: String, to path: String) throws(SystemError) {
    let file = try create(path)
    try file.sendAll([UInt8](text.utf8).span)
  }
}
