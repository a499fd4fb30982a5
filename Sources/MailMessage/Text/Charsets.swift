@_spi(MailCodec) import MailWire

/// Turns text of a charset into UTF-8.
///
/// UTF-8, US-ASCII, ISO-8859-1, ISO-8859-15 and Windows-1252 are known here, under their usual names; for others the host
/// gives a function.
///
///     let charsets = Charsets { name, bytes in iconv(name, bytes) }
///     charsets.utf8([0xE9].span, charset: "iso-8859-1")   // é
public struct Charsets: Sendable {
  /// Turns octets of the named charset, in lower case, into UTF-8; nil when it does not know the charset.
  public typealias Foreign = @Sendable (_ charset: [UInt8], _ bytes: [UInt8]) -> [UInt8]?

  private let foreign: Foreign?

  /// The built-in charsets, and those that `foreign` knows.
  public init(foreign: Foreign? = nil) { self.foreign = foreign }

  /// The built-in charsets.
  public static let builtIn = Charsets()

  /// The text as valid UTF-8, in which U+FFFD stands for what the charset does not have; nil for an unknown charset.
  public func utf8(_ bytes: Span<UInt8>, charset: Span<UInt8>) -> [UInt8]? {
    switch Charset(charset) {
    case .utf8: return UTF8Text.repaired(bytes)
    case .latin1: return Self.decode(bytes) { UInt32($0) }
    case .latin9: return Self.decode(bytes, Self.latin9)
    case .windows1252: return Self.decode(bytes, Self.windows1252)
    case nil: break
    }
    guard let foreign, charset.count <= 100 else { return nil }
    let name = charset.copied().map { $0.asciiLowercased }
    return foreign(name, bytes.copied()).map { UTF8Text.repaired($0.span) }
  }

  private enum Charset {
    case utf8, latin1, latin9, windows1252

    init?(_ name: Span<UInt8>) {
      if name.isSame(as: "utf-8") || name.isSame(as: "utf8") || name.isSame(as: "us-ascii") || name.isSame(as: "ascii")
      {
        // US-ASCII is read as UTF-8: what is beyond it is most often that.
        self = .utf8
      } else if name.isSame(as: "iso-8859-1") || name.isSame(as: "iso8859-1") || name.isSame(as: "latin1") {
        self = .latin1
      } else if name.isSame(as: "iso-8859-15") || name.isSame(as: "iso8859-15") || name.isSame(as: "latin-9") {
        self = .latin9
      } else if name.isSame(as: "windows-1252") || name.isSame(as: "cp1252") {
        self = .windows1252
      } else {
        return nil
      }
    }
  }

  private static func decode(_ bytes: Span<UInt8>, _ scalar: (UInt8) -> UInt32) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for index in bytes.indices {
      let byte = bytes[index]
      if byte < 128 { text.append(byte) } else { UTF8Text.append(scalar(byte), to: &text) }
    }
    return text
  }

  private static func latin9(_ byte: UInt8) -> UInt32 {
    switch byte {
    case 0xA4: 0x20AC
    case 0xA6: 0x160
    case 0xA8: 0x161
    case 0xB4: 0x17D
    case 0xB8: 0x17E
    case 0xBC: 0x152
    case 0xBD: 0x153
    case 0xBE: 0x178
    default: UInt32(byte)
    }
  }

  private static func windows1252(_ byte: UInt8) -> UInt32 {
    switch byte {
    case 0x80: 0x20AC
    case 0x82: 0x201A
    case 0x83: 0x192
    case 0x84: 0x201E
    case 0x85: 0x2026
    case 0x86: 0x2020
    case 0x87: 0x2021
    case 0x88: 0x2C6
    case 0x89: 0x2030
    case 0x8A: 0x160
    case 0x8B: 0x2039
    case 0x8C: 0x152
    case 0x8E: 0x17D
    case 0x91: 0x2018
    case 0x92: 0x2019
    case 0x93: 0x201C
    case 0x94: 0x201D
    case 0x95: 0x2022
    case 0x96: 0x2013
    case 0x97: 0x2014
    case 0x98: 0x2DC
    case 0x99: 0x2122
    case 0x9A: 0x161
    case 0x9B: 0x203A
    case 0x9C: 0x153
    case 0x9E: 0x17E
    case 0x9F: 0x178
    case 0x81, 0x8D, 0x8F, 0x90, 0x9D: 0xFFFD
    default: UInt32(byte)
    }
  }
}
