import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ByteCursorTests {
  @Test func walk() {
    let bytes = Array("QuIt  12ab".utf8)
    var cursor = ByteCursor(bytes.span)
    let word = cursor.takeWord()
    #expect(word.packed == packed("quit") && word.count == 4)
    #expect(!cursor.skip(65) && cursor.next == 32)
    #expect(cursor.skipAll(32) == 2 && cursor.skipAll(32) == 0)
    #expect(cursor.takeNumber() == 12 && cursor.takeNumber() == nil && cursor.offset == 8)
    #expect(cursor.error(.badNumber) == SyntaxError(.badNumber, at: 8))
    #expect(cursor.take(while: { $0 == 97 }).copied() == [97])
    #expect(cursor.remaining == 1 && cursor.takeRest().copied() == [98])
    #expect(cursor.isAtEnd && cursor.next == nil && !cursor.skip(98) && cursor.takeRest().isEmpty)
  }

  @Test func numbers() {
    let rows: [(text: String, limit: UInt64, value: UInt64?)] = [
      ("0", .max, 0), ("007x", .max, 7), ("", .max, nil), ("-1", .max, nil), ("x", .max, nil),
      ("18446744073709551615", .max, .max), ("18446744073709551616", .max, nil),
      ("99999999999999999999999", .max, nil), ("255", 255, 255), ("256", 255, nil), ("2551", 255, nil)
    ]
    for row in rows {
      let bytes = Array(row.text.utf8)
      var cursor = ByteCursor(bytes.span)
      #expect(cursor.takeNumber(upTo: row.limit) == row.value, "\(row)")
    }
  }

  /// A word longer than eight letters keeps its length, so that no prefix passes for a keyword.
  @Test func longWords() {
    let bytes = Array("STARTTLSx".utf8)
    var cursor = ByteCursor(bytes.span)
    let word = cursor.takeWord()
    #expect(word.packed == packed("starttls") && word.count == 9)
  }
}
