import MailDelivery
import MailTestKit
import SMTPCodec
import Testing

@testable import PostOffice

@Suite struct DNSMessageTests {
  private func name(_ text: String) throws -> DNSName {
    guard let name = DNSName(try Domain(text)) else { throw CancellationError() }
    return name
  }

  /// A response as a real server writes it: compressed, with records that nobody asked for.
  @Test func response() throws {
    var bytes: [UInt8] = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 3, 0, 0, 0, 0]
    bytes += [6] + [UInt8]("domain".utf8) + [4] + [UInt8]("test".utf8) + [0, 0, 15, 0, 1]
    bytes += [0xC0, 12, 0, 15, 0, 1, 0, 0, 1, 44, 0, 7, 0, 10, 2, 109, 120, 0xC0, 12]
    bytes += [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 65]
    bytes += [0xC0, 12, 0, 15, 0, 1, 0x80, 0, 0, 0, 0, 3, 0, 0, 0]
    let message = try #require(DNSMessage(bytes))
    #expect(message.identifier == 0x1234 && message.isResponse && message.responseCode == 0 && message.isComplete)
    #expect(message.question == .init(name: try name("DOMAIN.test"), type: 15, recordClass: 1))
    #expect(message.answers.map(\.data).prefix(2) == [.exchanger(preference: 10, try name("mx.domain.test")), .other])
    #expect(message.answers[0].timeToLive == 300 && message.answers[2].timeToLive == 0)
    guard case .exchanger(0, let root) = message.answers[2].data else { return check(false) }
    #expect(root.text.isEmpty && MXRecord(0, name: root.text).exchanger == .root)
    // Cut anywhere, it is incomplete or refused, and never more than it is.
    for end in 0..<bytes.count {
      let cut = DNSMessage(Array(bytes[..<end]))
      check(cut == nil || cut?.isComplete == false, "\(end)")
    }
  }

  @Test func names() throws {
    let long = String(repeating: String(repeating: "a", count: 63) + ".", count: 3)
    let table: [([UInt8], String?)] = [
      ([0], ""), ([1, 97, 0], "a"), ([1, 97, 1, 98, 0], "a.b"), ([], nil), ([1], nil), ([1, 97], nil),
      ([64, 97, 0], nil),
      ([0x80, 0], nil), ([0xC0], nil),
      // To itself, and forward.
      ([0xC0, 0], nil), ([0xC0, 2, 1, 97, 0], nil), ([1, 97, 0xC0, 0], nil),
      ([1, 0x2E, 0], "\\"), ([3, 97, 32, 98, 0], "a\\b"), ([1, 0xFF, 0], "\\")
    ]
    for (bytes, expected) in table {
      var offset = 0
      check(DNSName(bytes, at: &offset)?.description == expected, "\(bytes)")
    }
    // A chain of pointers, each to the one before: it ends.
    var chain: [UInt8] = [0, 0]
    for index in 1..<8000 { chain += [0xC0 | UInt8((index - 1) * 2 >> 8), UInt8((index - 1) * 2 & 255)] }
    var offset = chain.count - 2
    check(DNSName(chain, at: &offset)?.description == "" && offset == chain.count)
    // Two labels and a pointer back to them: longer than a name may be.
    var growing: [UInt8] = [63] + [UInt8](repeating: 97, count: 63) + [0]
    for index in 0..<5 {
      let target = index == 0 ? 0 : 65 + (index - 1) * 66
      growing += [63] + [UInt8](repeating: 97, count: 63) + [0xC0 | UInt8(target >> 8), UInt8(target & 255)]
    }
    offset = growing.count - 66
    check(DNSName(growing, at: &offset) == nil)
    check(DNSName(try Domain(long + String(repeating: "b", count: 61))) != nil)
    check(DNSName(try Domain(long + String(repeating: "b", count: 62))) == nil)
  }

  @Test func query() throws {
    let plain = DNSMessage.query(try name("a.bc"), .mx, identifier: 0xABCD, allowsLargeResponses: false)
    #expect(plain == [0xAB, 0xCD, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 2, 98, 99, 0, 0, 15, 0, 1])
    let large = DNSMessage.query(try name("a.bc"), .aaaa, identifier: 1, allowsLargeResponses: true)
    #expect(Array(large.suffix(11)) == [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0] && large[11] == 1)
  }

  @Test func anyOctets() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20_000 {
      var bytes: [UInt8] = [0, 1, 0x81, 0x80, 0, UInt8(random.below(3)), 0, UInt8(random.below(5)), 0, 0, 0, 0]
      for _ in 0..<random.below(60) {
        switch random.below(6) {
        case 0: bytes += [0xC0, UInt8(random.below(80))]
        case 1: bytes += [0, UInt8([1, 5, 15, 28][random.below(4)]), 0, 1, 0, 0, 0, 9, 0, UInt8(random.below(20))]
        case 2: bytes += [1, 97]
        case 3: bytes.append(0)
        default: bytes.append(UInt8(random.below(256)))
        }
      }
      if random.below(4) == 0 { bytes = Array(bytes.prefix(random.below(bytes.count))) }
      for record in DNSMessage(bytes)?.answers ?? [] { check(record.name.bytes.count <= DNSName.maximumLength) }
    }
  }
}
