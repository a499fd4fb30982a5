#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file or standard input.
final class FileSource: ByteSource {
  private let path: String
  private let number: Int32

  /// Opens a file; `-` is standard input.
  init(_ path: String) throws(Failure) {
    self.path = path
    number = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    if number < 0 { throw Failure(.noInput, "\(path): \(systemErrorText())") }
  }

  deinit { if number > 0 { close(number) } }

  func read(_ limit: Int, into buffer: inout [UInt8]) throws(Failure) -> Bool {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: limit))
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe systemRead(number, bytes.baseAddress.map { unsafe $0 + start }, limit)
      }
      if count >= 0 {
        buffer.removeLast(limit - count)
        return count > 0
      }
      if errno != EINTR { throw Failure(.noInput, "\(path): \(systemErrorText())") }
    }
  }

  /// All that is left.
  func readAll() throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while try read(1 << 16, into: &bytes) {}
    return bytes
  }
}

/// `read`, which the method of the same name hides.
private func systemRead(_ number: Int32, _ pointer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(number, pointer, count)
}
