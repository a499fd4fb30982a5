import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ByteClassesTests {
  /// A vector's classes agree with an octet's, for all 256 octets in all sixteen lanes.
  @Test func classes() {
    var wrong: [UInt8] = []
    for octet in UInt8.min...UInt8.max {
      for lane in 0..<16 {
        var block = SIMD16<UInt8>(repeating: 0x80)
        block[lane] = octet
        let bit: UInt64 = 1 << UInt64(lane)
        let isRight =
          block.isLetterOrDigit.bits == (octet.isASCIILetterOrDigit ? bit : 0)
          && block.isGraphic.bits == (octet.isASCIIGraphic ? bit : 0)
          && block.equals(65).bits == (octet == 65 ? bit : 0)
        if !isRight { wrong.append(octet) }
      }
    }
    #expect(wrong.isEmpty)
  }

  /// At all lengths and from every start: each bit, and the octet before each.
  @Test func others() {
    var generator = SplitMix64(seed: 7)
    var wrong = 0
    for length in 0...120 {
      let storage = (0..<length).map { _ in UInt8(generator.below(30) == 0 ? 32 : 97 + generator.below(2)) }
      let bytes = storage.span
      for start in 0...(length + 2) {
        let expectsBits = length > 16 && start > 0 && start <= length
        let spaces = bytes.others(from: start) { block, _ in .!block.equals(32) }
        let behindSpaces = bytes.others(from: start) { _, before in .!before.equals(32) }
        guard let spaces, let behindSpaces else {
          if expectsBits { wrong += 1 }
          continue
        }
        // The blocks that are read end behind the first octet that is no member.
        let end = min(spaces.trailingZeroBitCount, 64)
        for index in 0..<min(end + 1, 64) where spaces >> UInt64(index) & 1 == 1 {
          if start + index >= length || bytes[start + index] != 32 { wrong += 1 }
        }
        for index in 0..<end where start + index < length && bytes[start + index] == 32 { wrong += 1 }
        let first = min(behindSpaces.trailingZeroBitCount, 64)
        for index in 0..<first where start + index < length && bytes[start + index - 1] == 32 { wrong += 1 }
        if first < 64, start + first < length, bytes[start + first - 1] != 32 { wrong += 1 }
        if !expectsBits { wrong += 1 }
        let graphicEnd = storage[start...].firstIndex { $0 == 32 || $0 == 98 } ?? length
        if bytes.graphicEnd(from: start, except: 98) != graphicEnd { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }
}
