#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file or socket, closed when its owner goes.
struct Descriptor: ~Copyable {
  /// What became of a read or a write.
  enum Transfer {
    case bytes(Int)
    case notNow
    case end
    case failed(SystemError)
  }

  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { _ = close(number) }

  /// Reads what is there, up to the size of `buffer`, into its front.
  func receive(into buffer: inout [UInt8]) -> Transfer {
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
    if count > 0 { return .bytes(count) }
    return count == 0 ? .end : failure("read")
  }

  /// Writes as much as the other side takes now.
  func send(_ bytes: Span<UInt8>) -> Transfer {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
    return count >= 0 ? .bytes(count) : failure("write")
  }

  /// Writes everything, to a file.
  func sendAll(_ bytes: Span<UInt8>) throws(SystemError) { try Self.sendAll(bytes, to: number) }

  /// Writes everything to a file that somebody else owns, such as standard output.
  static func sendAll(_ bytes: Span<UInt8>, to number: Int32) throws(SystemError) {
    var offset = 0
    while offset < bytes.count {
      let rest = bytes.extracting(droppingFirst: offset)
      let count = unsafe rest.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
      let code = errno
      if count >= 0 {
        offset += count
      } else if code == EAGAIN {
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
      } else if code != EINTR {
        throw SystemError("write", code: code)
      }
    }
  }

  /// Waits until the file or folder is on the disk.
  func synchronise() throws(SystemError) {
    #if canImport(Darwin)
      // fsync leaves the data in the drive's cache there.
      if fcntl(number, F_FULLFSYNC) == 0 { return }
    #endif
    try attempt("fsync") { fsync(number) }
  }

  private func failure(_ call: String) -> Transfer {
    let code = errno
    return code == EAGAIN || code == EWOULDBLOCK || code == EINTR ? .notNow : .failed(SystemError(call, code: code))
  }
}
