#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the program's words go.
protocol TextOutput {
  /// Prints a part of the result.
  mutating func write(_ bytes: [UInt8])
  /// Prints a line about what went wrong, or beside the result.
  mutating func complain(_ line: String)
  /// Hands on what waits.
  mutating func flush()
}

extension TextOutput {
  mutating func write(_ text: String) { write([UInt8](text.utf8)) }
}

/// Standard output, in blocks, and standard error.
struct StandardOutput: TextOutput {
  private var waiting: [UInt8] = []

  mutating func write(_ bytes: [UInt8]) {
    waiting += bytes
    if waiting.count >= 1 << 16 { flush() }
  }

  mutating func complain(_ line: String) {
    flush()
    Self.writeAll([UInt8]("wiretap: \(line)\n".utf8), to: 2)
  }

  mutating func flush() {
    Self.writeAll(waiting, to: 1)
    waiting.removeAll(keepingCapacity: true)
  }

  /// A closed output is nobody's fault, and there is nowhere to report it.
  private static func writeAll(_ bytes: [UInt8], to number: Int32) {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { all in
        unsafe systemWrite(number, all.baseAddress.map { unsafe $0 + offset }, all.count - offset)
      }
      if count > 0 {
        offset += count
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }
}

/// `write`, which the methods of the same name hide.
private func systemWrite(_ number: Int32, _ pointer: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(number, pointer, count)
}
