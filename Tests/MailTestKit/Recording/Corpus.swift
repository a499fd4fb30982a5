#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The files under `Tests/Corpora`.
public enum Corpus {
  /// A file that cannot be read.
  public struct Unreadable: Error, CustomStringConvertible {
    /// Its path.
    public let description: String
  }

  /// The folder's path.
  public static let path: String = {
    let here = #filePath.split(separator: "/").dropLast(3)
    return "/" + here.joined(separator: "/") + "/Corpora"
  }()

  /// The octets of a file, by its path below the folder.
  public static func bytes(_ name: String) throws -> [UInt8] {
    let file = unsafe open(path + "/" + name, O_RDONLY)
    guard file >= 0 else { throw Unreadable(description: path + "/" + name) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += block.prefix(count)
    }
    return bytes
  }

  /// The names in a folder, sorted; none when it does not exist.
  public static func files(in folder: String) -> [String] {
    guard let directory = unsafe opendir(path + "/" + folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe $0.prefix { $0 != 0 } }.map { $0 }
      let text = String(decoding: name, as: UTF8.self)
      if !text.hasPrefix(".") { names.append(text) }
    }
    return names.sorted()
  }
}
