import MailWire

/// The content of a message in the spool, part by part, without the `Return-Path` that only the last host may add.
///
/// [RFC 5321 §4.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.4).
struct SpooledText: ~Copyable {
  private let file: Descriptor
  private var isAtStart = true

  init(path: String) throws(SystemError) { file = try Files.openToRead(path) }

  /// The next part; empty at the end.
  mutating func next(into buffer: inout [UInt8]) throws(SystemError) -> ArraySlice<UInt8> {
    while true {
      switch file.receive(into: &buffer) {
      case .bytes(let count):
        let part = buffer[..<count]
        guard isAtStart else { return part }
        isAtStart = false
        let rest = Self.withoutReturnPath(part)
        if !rest.isEmpty { return rest }
      case .end: return []
      case .notNow: continue
      case .failed(let error): throw error
      }
    }
  }

  private static func withoutReturnPath(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard part.starts(with: "Return-Path: ".utf8), let end = part.firstIndex(of: 10) else { return part }
    return part[(end + 1)...]
  }
}
