#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Files {
  /// What the system says of a file.
  struct Status {
    let octets: UInt64
    /// When its content changed last, in nanoseconds since 1970.
    let modified: Int64
    let isOrdinary: Bool
  }

  static func status(of path: String) -> Status? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Status(
      octets: UInt64(clamping: status.st_size), modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      isOrdinary: status.st_mode & S_IFMT == S_IFREG)
  }

  /// When a Maildir's folders changed last.
  static func times(of maildir: String) -> FolderTimes {
    FolderTimes(
      new: status(of: maildir + "/new")?.modified ?? 0, current: status(of: maildir + "/cur")?.modified ?? 0)
  }

  /// Puts octets into a file so that it has either its old content or the new one, whatever happens; the new one is on the
  /// disk afterwards.
  static func replace(_ path: String, by bytes: [UInt8]) throws(SystemError) {
    let temporary = path + ".tmp"
    try? remove(temporary)
    do throws(SystemError) {
      let file = try create(temporary)
      try file.sendAll(bytes.span)
      try file.synchronise()
      try move(temporary, to: path)
    } catch {
      try? remove(temporary)
      throw error
    }
    try synchroniseFolder(parentFolder(of: path))
  }

  /// Gives a file a second name, or copies it where the file system has no second names.
  static func duplicate(_ source: String, as target: String) throws(SystemError) {
    do throws(SystemError) { return try link(source, as: target) } catch {
      guard [EMLINK, EPERM, EXDEV, ENOTSUP].contains(error.code) else { throw error }
    }
    let original = try openToRead(source)
    let copy = try create(target)
    var offset: UInt64 = 0
    while true {
      let part = try original.part(1 << 16, at: offset)
      if part.isEmpty { return try copy.synchronise() }
      try copy.sendAll(part.span)
      offset += UInt64(part.count)
    }
  }

  private static func parentFolder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Sets when the content of an open file changed last, in seconds since 1970.
  static func setModified(_ file: borrowing Descriptor, to seconds: Int64) throws(SystemError) {
    var times = [timespec(), timespec()]
    times[0].tv_sec = Int(clamping: seconds)
    times[1].tv_sec = Int(clamping: seconds)
    try attempt("futimens") { unsafe futimens(file.number, times) }
  }

  /// Calls `body` with each name in a folder, as octets that live no longer than the call, without those that begin with a
  /// dot.
  static func forEachName(in path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(SystemError) {
    guard let folder = unsafe opendir(path) else { throw SystemError(path) }
    defer { _ = unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        let name = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.firstIndex(of: 0) ?? bytes.endIndex)])
        if unsafe name.first != UInt8(ascii: ".") { unsafe body(name) }
      }
    }
  }
}

extension SystemError {
  /// Whether there is no such file.
  var isMissing: Bool { code == ENOENT }
}

extension Descriptor {
  /// Reads from a place in a file; fewer octets than wanted only at its end.
  func part(_ count: Int, at offset: UInt64) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let place = off_t(offset) + off_t(filled)
      let result = try attempt("pread") {
        let got = unsafe bytes.withUnsafeMutableBytes { buffer in
          unsafe pread(number, buffer.baseAddress?.advanced(by: filled), count - filled, place)
        }
        return Int32(clamping: got)
      }
      if result == 0 { break }
      filled += Int(result)
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// The octets of the file.
  var octets: UInt64 {
    var status = stat()
    return unsafe fstat(number, &status) == 0 ? UInt64(clamping: status.st_size) : 0
  }
}
