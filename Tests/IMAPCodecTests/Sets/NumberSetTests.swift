import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct NumberSetTests {
  /// Texts and what they are written as again.
  @Test func canonicalForms() throws {
    let table = [
      ("1", "1"), ("1:1", "1"), ("5:3", "3:5"), ("2,4:7,9,12:*", "2,4:7,9,12:*"), ("*", "*"), ("*:*", "*"),
      ("*:4", "4:*"),
      ("3,2,1", "1:3"), ("1:3,4", "1:4"), ("1:3,5", "1:3,5"), ("9,1:10", "1:10"), ("3:7,5:*", "3:*"),
      ("3:7,8:*", "3:*"),
      ("3:7,9:*", "3:7,9:*"), ("9:*,5:*", "5:*"), ("4294967295", "4294967295"), ("4294967295,*", "4294967295:*"),
      ("1:4294967295", "1:4294967295"), ("1,1,1", "1"), ("$", "$"), ("20:10,5:1,12:15,*", "1:5,10:20,*")
    ]
    for (text, written) in table {
      let set = try UIDSet(text)
      #expect(set.description == written, "\(text)")
      #expect(try UIDSet(written) == set, "\(text)")
    }
  }

  @Test func refusals() {
    let table: [(String, SyntaxError)] = [
      ("", SyntaxError(.unexpectedEnd, at: 0)), ("0", SyntaxError(.badNumber, at: 0)),
      ("01", SyntaxError(.badNumber, at: 0)),
      ("1,", SyntaxError(.unexpectedEnd, at: 2)), ("1:", SyntaxError(.unexpectedEnd, at: 2)),
      (",1", SyntaxError(.badNumber, at: 0)), ("1:2:3", SyntaxError(.trailingBytes, at: 3)),
      ("4294967296", SyntaxError(.badNumber, at: 0)), ("99999999999", SyntaxError(.badNumber, at: 0)),
      ("-1", SyntaxError(.badNumber, at: 0)), ("1, 2", SyntaxError(.badNumber, at: 2)),
      ("$,1", SyntaxError(.trailingBytes, at: 1)),
      ("1,$,2", SyntaxError(.trailingBytes, at: 3)), ("1 ", SyntaxError(.trailingBytes, at: 1)),
      ("1:0", SyntaxError(.badNumber, at: 2))
    ]
    for (text, expected) in table {
      #expect(throws: expected, "\(text)") { try SequenceSet(text) }
    }
    let three = [UInt8]("1,3,5".utf8)
    #expect((try? SequenceSet(three.span, elements: 3)) != nil)
    #expect(throws: SyntaxError(.tooMany, at: 4)) { try SequenceSet(three.span, elements: 2) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try SequenceSet(NumberRanges()) }
  }

  /// Numbers of every length, however near the end of the text: eight octets are looked at in one where there are so many.
  @Test func numbersOfEveryLength() throws {
    var random = SplitMix64(seed: 31)
    for length in 1...20 {
      for round in 0..<60 {
        var digits = (0..<length).map { _ in "0123456789".utf8.map { $0 }[random.below(10)] }
        if round % 3 == 0 { digits[0] = 49 + UInt8(random.below(4)) }
        let text = String(decoding: digits, as: UTF8.self)
        let number = text.hasPrefix("0") ? nil : UInt32(text)
        for rest in ["", ",1", ",1,1", ",1,1,1", ",1,1,1,1,1", ":1", ":1,1,1,1,1"] {
          let expected = try number.map { rest.hasPrefix(":") ? try NumberRanges(1...$0) : try NumberRanges([$0, 1]) }
          let set = try? SequenceSet(text + rest).ranges
          if rest.isEmpty, let number {
            if set?.ranges != [number...number] { Issue.record("\(text)") }
          } else if set != expected {
            Issue.record("\(text + rest): \(String(describing: set))")
          }
        }
      }
    }
    for text in [
      "4294967295,1,1,1,1", "4294967296,1,1,1,1", "9/,1,1,1,1", "1:2,1,1,1", "12345678\u{1},1", "1\u{3a}\u{ff}1"
    ] {
      let isGood = text.hasPrefix("4294967295") || text.hasPrefix("1:2")
      #expect(((try? SequenceSet(text)) != nil) == isGood, "\(text)")
    }
  }

  /// `n:*` holds the last message even when `n` is larger.
  @Test func openEnds() throws {
    let set = try SequenceSet("2,9:*").ranges
    #expect(
      set.contains(7, last: 7) && !set.contains(6, last: 7) && set.contains(2, last: 7) && !set.contains(8, last: 7))
    #expect(try set.resolved(last: 7) == NumberRanges([2, 7]) && set.resolved(last: 0).isEmpty)
    #expect(set.resolved(last: 12) == (try SequenceSet("2,9:12").ranges))
    #expect(set.isOpen && set.openFrom == 9 && NumberRanges.last.openFrom == nil && set.closedCount == 1)
    #expect(try SequenceSet("1:4294967295").ranges.closedCount == 4_294_967_295)
    #expect(try SequenceSet("5:9,20").ranges.numbers(limit: 4) == [5, 6, 7, 8])
    #expect(SequenceSet.all.description == "1:*" && SequenceSet.savedResult.union(.all).description == "1:*,$")
  }

  /// The algebra agrees with sets of numbers, for seeded random sets.
  @Test func algebra() throws {
    var random = SplitMix64(seed: 7)
    for round in 0..<3_000 {
      let (left, leftNumbers) = try random.ranges()
      let (right, rightNumbers) = try random.ranges()
      let checks = [
        (left.union(right), leftNumbers.union(rightNumbers)),
        (left.intersection(right), leftNumbers.intersection(rightNumbers)),
        (left.subtracting(right), leftNumbers.subtracting(rightNumbers))
      ]
      for (index, (ranges, numbers)) in checks.enumerated() {
        let isRight =
          Set(ranges.numbers(limit: .max)) == numbers
          && (1...40).allSatisfy { ranges.contains($0) == numbers.contains($0) }
          && zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
        guard isRight else {
          Issue.record("round \(round), check \(index): \(left) \(right) \(ranges)")
          return
        }
      }
      guard !left.isEmpty else { continue }
      let text = try UIDSet(left).description
      guard try UIDSet(text).ranges == left else {
        Issue.record("round \(round): \(text)")
        return
      }
    }
  }

  /// A hundred thousand descending ranges sort once.
  @Test(.timeLimit(.minutes(1))) func growth() throws {
    let text = (1...100_000).reversed().map { "\($0 * 2)" }.joined(separator: ",")
    #expect(try UIDSet(text).ranges.ranges.count == 100_000)
  }
}

extension SplitMix64 {
  fileprivate mutating func ranges() throws -> (NumberRanges, Set<UInt32>) {
    var ranges = NumberRanges()
    var numbers: Set<UInt32> = []
    for _ in 0..<below(5) {
      let lower = UInt32(1 + below(36))
      let upper = lower + UInt32(below(4))
      ranges.formUnion(try NumberRanges(lower...upper))
      numbers.formUnion(lower...upper)
    }
    return (ranges, numbers)
  }
}
