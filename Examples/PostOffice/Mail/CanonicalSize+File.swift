import MailWire

extension CanonicalSize {
  /// The octets that a file has once its lines end with CRLF.
  static func ofFile(_ path: String) throws(SystemError) -> UInt64 {
    let file = try Files.openToRead(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var size = CanonicalSize()
    while true {
      switch file.receive(into: &buffer) {
      case .bytes(let count): size.add(buffer.span.extracting(first: count))
      case .notNow: continue
      case .end: return size.octets
      case .failed(let error): throw SystemError(path, code: error.code)
      }
    }
  }
}
