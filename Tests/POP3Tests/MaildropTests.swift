import MailTestKit
import MailWire
import POP3Codec
import Testing

@testable import POP3

@Suite struct MaildropTests {
  private static func maildrop() throws -> Maildrop {
    try Maildrop(
      messages: [("a", 120), ("bb", 200), ("a", 0)].map { id, octets in
        MaildropEntry(octets: octets, uniqueID: try UniqueID(id))
      })
  }

  private static func error(_ body: () throws(MaildropError) -> Void) -> MaildropError? {
    do throws(MaildropError) { try body() } catch { return error }
    return nil
  }

  @Test func marks() throws {
    var maildrop = try Self.maildrop()
    #expect(maildrop.count == 3 && maildrop.octets == 320 && maildrop.highestNumber == 3)
    #expect(try maildrop.entry(2).uniqueID.description == "bb" && maildrop.entry(1).uniqueID.description == "a")
    try maildrop.delete(1)
    #expect(maildrop.count == 2 && maildrop.octets == 200 && !maildrop.contains(1) && maildrop.contains(2))
    for number in [Int.min, -1, 0, 4, Int.max] {
      #expect(Self.error { () throws(MaildropError) in try maildrop.delete(number) } == .noSuchMessage, "\(number)")
      #expect(
        Self.error { () throws(MaildropError) in _ = try maildrop.octets(of: number) } == .noSuchMessage, "\(number)")
    }
    #expect(Self.error { () throws(MaildropError) in try maildrop.delete(1) } == .deleted)
    #expect(Self.error { () throws(MaildropError) in _ = try maildrop.entry(1) } == .deleted)
    try maildrop.delete(3)
    #expect(maildrop.deletedNumbers == [1, 3] && maildrop.lastAccessed == 3)
    maildrop.reset()
    #expect(try maildrop == Self.maildrop() && maildrop.deletedNumbers == [] && maildrop.lastAccessed == 0)
  }

  /// Random marks against a model with one flag a message.
  @Test func model() throws {
    var generator = SplitMix64(seed: 1460)
    var sizes: [UInt64] = []
    var maildrop = Maildrop()
    for index in 0..<50 {
      sizes.append(UInt64(generator.below(1000)))
      maildrop.append(MaildropEntry(octets: sizes[index], uniqueID: try UniqueID("u\(index * index)")))
    }
    var isDeleted = [Bool](repeating: false, count: 50)
    for _ in 0..<2000 {
      let number = generator.below(54) - 1
      if generator.below(60) == 0 {
        maildrop.reset()
        isDeleted = isDeleted.map { _ in false }
      } else if (1...50).contains(number), !isDeleted[number - 1] {
        try maildrop.delete(number)
        isDeleted[number - 1] = true
      } else {
        #expect((try? maildrop.delete(number)) == nil)
      }
      let left = isDeleted.indices.filter { !isDeleted[$0] }
      try #require(maildrop.count == left.count && maildrop.octets == left.reduce(0) { $0 + sizes[$1] })
      try #require(maildrop.deletedNumbers == isDeleted.indices.filter { isDeleted[$0] }.map { $0 + 1 })
    }
  }

  @Test func top() {
    let table: [(text: String, lines: Int, expected: String)] = [
      ("a\r\nb\r\n\r\n1\r\n2\r\n", 0, "a\r\nb\r\n\r\n"), ("a\r\nb\r\n\r\n1\r\n2\r\n", 1, "a\r\nb\r\n\r\n1\r\n"),
      ("a\r\nb\r\n\r\n1\r\n2\r\n", 2, "a\r\nb\r\n\r\n1\r\n2\r\n"), ("a\r\n\r\n1\r\n2", 9, "a\r\n\r\n1\r\n2"),
      ("a\n\n1\n2\n", 1, "a\n\n1\n"), ("a\r\r1\r2\r", 1, "a\r\r1\r"), ("a\r\n\n1\r2\n3", 2, "a\r\n\n1\r2\n"),
      ("\r\n1\r\n2\r\n", 0, "\r\n"), ("\n1\n", 0, "\n"),
      ("only a header\r\nand no body", 0, "only a header\r\nand no body"),
      ("", 0, ""), ("a\r\n\r\n\r\n\r\n", 1, "a\r\n\r\n\r\n"), ("a\r\n\r\n1", Int.max, "a\r\n\r\n1")
    ]
    for (text, lines, expected) in table {
      let bytes = [UInt8](text.utf8)
      for cut in everyCut(of: bytes.count) {
        var filter = TopFilter(bodyLines: lines)
        var taken: [UInt8] = []
        for piece in cut where !filter.isSatisfied {
          let count = filter.take(bytes.span.extracting(piece))
          taken += bytes[piece].prefix(count)
        }
        if taken != [UInt8](expected.utf8) { Issue.record("\(visible(bytes)), \(lines): \(visible(taken))") }
      }
    }
  }
}
