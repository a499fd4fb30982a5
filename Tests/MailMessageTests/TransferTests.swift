import MailMessage
import Testing

@Suite struct TransferTests {
  /// Decodes in pieces of so many octets.
  private static func decode(_ text: [UInt8], _ encoding: TransferEncoding, pieces: Int) -> [UInt8]? {
    guard var decoder = TransferDecoder(encoding) else { return nil }
    var output: [UInt8] = []
    var offset = 0
    while offset < text.count {
      let end = min(offset + pieces, text.count)
      decoder.decode(text[offset..<end].span, into: &output)
      offset = end
    }
    decoder.finish(into: &output)
    return output
  }

  @Test func decoding() {
    let table: [(TransferEncoding, String, String)] = [
      (.sevenBit, "a=20\r\n", "a=20\r\n"), (.base64, "aGVsbG8=", "hello"), (.base64, "aGVs\r\n bG8", "hello"),
      (.base64, "a*G!VsbG8=\r\nnonsense", "hello"), (.base64, "", ""), (.base64, "a", ""), (.base64, "aG", "h"),
      (.quotedPrintable, "a=3Db", "a=b"), (.quotedPrintable, "a=3db", "a=b"), (.quotedPrintable, "a=\r\nb", "ab"),
      (.quotedPrintable, "a= \t\r\nb", "ab"), (.quotedPrintable, "a=\nb", "ab"),
      (.quotedPrintable, "a \t\r\nb \nc", "a\r\nb\nc"), (.quotedPrintable, "a b =20\r\n", "a b  \r\n"),
      (.quotedPrintable, "a=zb=", "a=zb"), (.quotedPrintable, "a=4", "a=4"), (.quotedPrintable, "a==41", "a=A"),
      (.quotedPrintable, "a=4=41", "a=4A"), (.quotedPrintable, "a= b", "a= b"), (.quotedPrintable, "a=4\nb", "a=4\nb"),
      (.quotedPrintable, "a \r \nb", "a\nb"), (.quotedPrintable, "=\r\r\nx", "=\r\r\nx"),
      (.quotedPrintable, "a\rb", "a\rb")
    ]
    for (encoding, text, decoded) in table {
      for pieces in [1, 2, 3, 100] {
        let output = Self.decode([UInt8](text.utf8), encoding, pieces: pieces)
        #expect(output == [UInt8](decoded.utf8), "\(text) in pieces of \(pieces)")
      }
    }
    #expect(TransferDecoder(.unknown) == nil)
  }

  @Test func whatIsEncodedIsDecoded() {
    var random = SystemRandomNumberGenerator()
    for round in 0..<200 {
      let octets = (0..<(round * 3)).map { _ in
        round % 2 == 0 ? UInt8.random(in: 0...255, using: &random) : [10, 13, 32, 61, 65, 9, 46].randomElement() ?? 0
      }
      for pieces in [1, 7, 1000] {
        var (base64, quoted) = (Base64Encoder(), QuotedPrintableEncoder())
        var (encoded, printable): ([UInt8], [UInt8]) = ([], [])
        for start in stride(from: 0, to: octets.count, by: pieces) {
          let piece = octets[start..<min(start + pieces, octets.count)]
          base64.encode(piece.span, into: &encoded)
          quoted.encode(piece.span, into: &printable)
        }
        base64.finish(into: &encoded)
        quoted.finish(into: &printable)
        var isGood = TransferDecoder.decode(encoded.span, .base64) == octets
        // A bare LF is a line end, too.
        var lines: [UInt8] = []
        for byte in octets {
          if byte == 10, lines.last != 13 { lines.append(13) }
          lines.append(byte)
        }
        isGood = isGood && TransferDecoder.decode(printable.span, .quotedPrintable) == lines
        for text in [encoded, printable] {
          isGood =
            isGood
            && text.split(separator: 10, omittingEmptySubsequences: false).allSatisfy {
              let line = $0.last == 13 ? $0.dropLast() : $0
              return line.count <= 76 && line.allSatisfy { $0 == 9 || 32...126 ~= $0 } && line.first != 46
                && line.last != 32 && line.last != 9
            }
        }
        #expect(isGood, "round \(round), pieces of \(pieces)")
      }
    }
  }

  @Test func names() {
    let table: [(String, TransferEncoding)] = [
      (" 7bit\r\n", .sevenBit), ("BASE64", .base64), (" (a) Quoted-Printable (b)", .quotedPrintable), ("", .sevenBit),
      ("8BIT", .eightBit), ("binary;x", .binary), ("x-uuencode", .unknown), ("\"base64\"", .unknown)
    ]
    for (text, encoding) in table {
      let bytes = [UInt8](text.utf8)
      #expect(TransferEncoding(bytes.span) == encoding, "\(text)")
    }
  }

  /// A hundred thousand blanks, equals signs or carriage returns cost no more an octet than a hundred do.
  @Test func hostileRunsAreBounded() {
    for byte in [UInt8(32), 61, 13, 9] {
      let text = [UInt8](repeating: byte, count: 100_000)
      for pieces in [1, 5000] {
        let output = Self.decode(text, .quotedPrintable, pieces: pieces)
        #expect((output?.count ?? 0) <= text.count)
      }
    }
  }
}
