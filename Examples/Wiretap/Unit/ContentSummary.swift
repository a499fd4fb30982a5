@_spi(MailCodec) import MailWire

/// A text or an attachment that is not shown: how long it is, and enough to tell it from others.
struct ContentSummary: TapValue {
  /// The most octets that are kept to be written again.
  static let keptOctets = 65_536

  private(set) var octets: UInt64 = 0
  private(set) var lines: UInt64 = 0
  private var checksum = CRC32()
  private var kept: [UInt8] = []
  /// Whether it is written with a lone dot behind it, and dots before lines that begin with one.
  private let isDotStuffed: Bool

  init(isDotStuffed: Bool) { self.isDotStuffed = isDotStuffed }

  mutating func add(_ bytes: Span<UInt8>) {
    octets += UInt64(bytes.count)
    checksum.add(bytes)
    var start = 0
    while let feed = bytes.firstIndex(of: .lineFeed, from: start) {
      lines += 1
      start = feed + 1
    }
    if octets <= UInt64(Self.keptOctets) { kept.append(bytes) } else { kept = [] }
  }

  var details: [Detail] {
    [Detail("octets", octets), Detail("lines", lines), Detail("crc32", checksum.text)]
  }

  var canonical: Canonical {
    guard octets <= UInt64(Self.keptOctets) else { return .none }
    guard isDotStuffed else { return .octets(kept) }
    var encoder = DotStuffingEncoder()
    var output: [UInt8] = []
    encoder.encode(kept.span, into: &output)
    encoder.finish(into: &output)
    return .octets(output)
  }
}
