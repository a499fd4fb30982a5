#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the C library says of the memory that the program has allocated.
///
/// No C library counts calls of `malloc` without being hooked into; glibc's `memusage` does that from outside.
enum Memory {
  /// Octets that are allocated now; nil where the C library does not say.
  static var allocatedOctets: Int? {
    #if canImport(Darwin)
      var statistics = malloc_statistics_t()
      unsafe malloc_zone_statistics(nil, &statistics)
      return Int(statistics.size_in_use)
    #elseif canImport(Musl)
      return nil
    #else
      return allocatedByGlibc
    #endif
  }

  /// The most memory that the program has had, in KiB.
  static var mostKibibytes: Int {
    var usage = rusage()
    #if canImport(Glibc)
      guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    #else
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
    #endif
    #if canImport(Darwin)
      // In octets there.
      return usage.ru_maxrss / 1024
    #else
      return usage.ru_maxrss
    #endif
  }

  #if canImport(Glibc)
    /// `malloc_info`, which writes XML to a file, because `mallinfo2` is not in Swift's overlay. Behind the heaps come the
    /// sums: free chunks of two kinds, mapped blocks, and what the system gave.
    private static var allocatedByGlibc: Int? {
      typealias Function = @convention(c) (Int32, UnsafeMutablePointer<FILE>?) -> Int32
      guard let symbol = unsafe dlsym(nil, "malloc_info") else { return nil }
      let function = unsafe unsafeBitCast(symbol, to: Function.self)
      var text = [UInt8](repeating: 0, count: 1 << 16)
      let isWritten = unsafe text.withUnsafeMutableBytes { buffer in
        guard let file = unsafe fmemopen(buffer.baseAddress, buffer.count, "w") else { return false }
        defer { _ = unsafe fclose(file) }
        return unsafe function(0, file) == 0
      }
      guard isWritten else { return nil }
      let sums = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self).split(separator: "</heap>").last ?? ""
      guard let system = size(of: "system type=\"current\"", in: sums) else { return nil }
      let free = ["fast", "rest"].compactMap { size(of: "total type=\"\($0)\"", in: sums) }.reduce(0, +)
      return system - free + (size(of: "total type=\"mmap\"", in: sums) ?? 0)
    }

    /// The value of `size="…"` behind `element`.
    private static func size(of element: String, in text: Substring) -> Int? {
      guard let line = text.split(separator: "\n").first(where: { $0.contains(element) }) else { return nil }
      return line.split(separator: "size=\"").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
    }
  #endif
}
