import MailTestKit
import MailWire
import Testing

@Suite struct Base64Tests {
  /// RFC 4648 §10, and the characters 62 and 63.
  @Test func vectors() throws {
    let rows: [(bytes: [UInt8], text: String)] = [
      ([], ""), (Array("f".utf8), "Zg=="), (Array("fo".utf8), "Zm8="), (Array("foo".utf8), "Zm9v"),
      (Array("foob".utf8), "Zm9vYg=="), (Array("fooba".utf8), "Zm9vYmE="), (Array("foobar".utf8), "Zm9vYmFy"),
      ([0xFB, 0xFF, 0xBF], "+/+/"), ([255, 255, 255], "////"), ([0, 0, 0], "AAAA"),
      (Array("\0susan\0secret".utf8), "AHN1c2FuAHNlY3JldA==")
    ]
    for row in rows {
      #expect(String(decoding: Base64.encode(row.bytes.span), as: UTF8.self) == row.text)
      #expect(try Base64.decode(Array(row.text.utf8).span) == row.bytes)
    }
  }

  /// One spelling a value: everything else is refused, at the octet that is wrong.
  @Test func strictness() {
    let rows: [(text: String, offset: Int)] = [
      ("Z", 1), ("Zg", 2), ("Zg=", 3), ("Zg==\r\n", 6), ("Zg= =", 5),
      ("=", 1), ("====", 0), ("Z===", 1), ("Zg=v", 2), ("=g==", 0), ("Zg==Zg==", 2), ("Zm8=Zm8=", 3),
      ("Zh==", 1), ("Zn9=", 2), ("Z g=", 1), ("Zm9\n", 3), ("Zm9_", 3), ("Zm9-", 3), ("Zm9\0", 3), ("*m9v", 0),
      ("Zm9vZm9vZm9!", 11)
    ]
    for row in rows {
      let error = #expect(throws: SyntaxError.self, "\(visible(row.text.utf8))") {
        try Base64.decode(Array(row.text.utf8).span)
      }
      #expect(error == SyntaxError(.badBase64, at: row.offset), "\(visible(row.text.utf8))")
    }
  }

  @Test func roundTrip() throws {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let bytes = (0..<generator.below(40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      if try Base64.decode(Base64.encode(bytes.span).span) != bytes { Issue.record("\(bytes)") }
    }
  }

  /// Every single character of a valid text replaced by each of the 256 octets: accepted only when it encodes again to
  /// the same text.
  @Test func acceptsOnlyWhatItWrites() {
    for text in ["Zm9v", "Zm8=", "Zg==", "Zm9vZg=="] {
      for index in text.utf8.indices.indices {
        let place = text.utf8.distance(from: text.utf8.startIndex, to: index)
        for octet in UInt8.min...UInt8.max {
          var changed = Array(text.utf8)
          changed[place] = octet
          guard let bytes = try? Base64.decode(changed.span) else { continue }
          if Base64.encode(bytes.span) != changed { Issue.record("\(visible(changed))") }
        }
      }
    }
  }
}
