#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The few things that are done with files and folders.
enum Files {
  /// Opens a file to read it.
  static func openToRead(_ path: String) throws(SystemError) -> Descriptor { try openFile(path, O_RDONLY) }

  /// Makes a file that must not exist yet, to write it.
  static func create(_ path: String) throws(SystemError) -> Descriptor {
    try openFile(path, O_WRONLY | O_CREAT | O_EXCL)
  }

  /// Opens a file, made if necessary, to write at its end.
  static func openToAppend(_ path: String) throws(SystemError) -> Descriptor {
    try openFile(path, O_WRONLY | O_CREAT | O_APPEND)
  }

  /// Makes a folder and its parents where they are missing.
  static func makeFolder(_ path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o700) == 0 { return try synchroniseFolder(parent(of: path)) }
    switch errno {
    case EEXIST, EISDIR:
      // A folder, or a link to one; anything else fails here.
      _ = try openFile(path, O_RDONLY | O_DIRECTORY)
    case ENOENT where parent(of: path) != path:
      try makeFolder(parent(of: path))
      try attempt(path) { unsafe mkdir(path, 0o700) }
      try synchroniseFolder(parent(of: path))
    default:
      throw SystemError(path)
    }
  }

  /// Waits until the names in a folder are on the disk.
  static func synchroniseFolder(_ path: String) throws(SystemError) {
    let folder = try openFile(path, O_RDONLY | O_DIRECTORY)
    try folder.synchronise()
  }

  /// The names in a folder, without those that begin with a dot or are not UTF-8.
  static func names(in path: String, includingHidden: Bool = false) throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw SystemError(path) }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, !name.hasPrefix(".") || includingHidden && name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Gives a file another name in the place of the one it has.
  static func move(_ source: String, to target: String) throws(SystemError) {
    try attempt(target) { unsafe rename(source, target) }
  }

  /// Gives a file a second name.
  static func link(_ source: String, as target: String) throws(SystemError) {
    try attempt(target) { unsafe linkat(AT_FDCWD, source, AT_FDCWD, target, 0) }
  }

  /// Shortens a file.
  static func cut(_ path: String, to length: UInt64) throws(SystemError) {
    try attempt(path) { unsafe truncate(path, off_t(length)) }
  }

  /// The whole content of a file.
  static func content(of path: String) throws(SystemError) -> [UInt8] {
    let file = try openToRead(path)
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      switch file.receive(into: &buffer) {
      case .bytes(let count): content += buffer[..<count]
      case .notNow: continue
      case .end: return content
      case .failed(let error): throw error
      }
    }
  }

  static func remove(_ path: String) throws(SystemError) { try attempt(path) { unsafe unlink(path) } }

  /// Removes a folder and all that is in it.
  static func removeTree(_ path: String) throws(SystemError) {
    for name in try names(in: path, includingHidden: true) {
      let child = path + "/" + name
      if unsafe unlink(child) != 0 { try removeTree(child) }
    }
    try attempt(path) { unsafe rmdir(path) }
  }

  /// What a path leads to.
  enum Kind {
    /// A file that can be read twice.
    case ordinary
    case folder
    /// A pipe or a device, or nothing.
    case other
  }

  static func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .ordinary
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// When a file was changed last, in seconds since 1970.
  static func changeTime(of path: String) -> Int64? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return Int64(status.st_mtimespec.tv_sec)
    #else
      return Int64(status.st_mtim.tv_sec)
    #endif
  }

  /// Locks a folder for this process, for as long as the result lives.
  static func lockFolder(_ path: String) throws(SystemError) -> Descriptor {
    let lock = try openToAppend(path + "/.postoffice.lock")
    guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(path, code: EBUSY) }
    return lock
  }

  /// Makes an empty folder of its own for this process.
  static func makeTemporaryFolder() throws(SystemError) -> String {
    var template = (["/tmp", "postoffice-XXXXXX"].joined(separator: "/")).utf8CString.map { $0 }
    guard unsafe mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func openFile(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    Descriptor(owning: try attempt(path) { unsafe open(path, flags | O_CLOEXEC, 0o600) })
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
