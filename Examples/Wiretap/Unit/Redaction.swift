@_spi(MailCodec) import MailWire

/// What stands in the place of a secret.
enum Redaction {
  static let mark = "<hidden>"

  /// A line that was refused, unless a secret may be in it.
  static func line(_ line: [UInt8], mayHoldSecret: Bool) -> Detail {
    mayHoldSecret || speaksOfLogin(line) ? .hidden("line") : Detail("line", excerpt(line.span))
  }

  /// Whether a line that nobody understands has a word in it that passwords stand behind in some protocol.
  static func speaksOfLogin(_ line: [UInt8]) -> Bool {
    let words = ["auth", "login", "pass", "user", "apop"].map { [UInt8]($0.utf8) }
    return line.span.indices.contains { start in
      words.contains { word in
        start + word.count <= line.count
          && line.span.extracting(start..<(start + word.count)).hasSameLetters(as: word.span)
      }
    }
  }

  static var secret: Secret { Secret(mark) }
}
