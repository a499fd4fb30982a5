@_spi(MailCodec) import MailWire
import SMTPCodec

/// Whether a refusal asks to come back later, and when, as its text says.
///
/// No standard defines greylisting replies: 4.7.1 and the word itself are what implementations use
/// ([RFC 6647](https://www.rfc-editor.org/rfc/rfc6647)).
struct GreylistingHint {
  let isGreylisting: Bool
  /// How long to wait, when the text says so in seconds, minutes or hours.
  let delay: Duration?

  init(_ reply: SMTPReply) {
    let code = reply.code.number
    guard (code == 450 || code == 451 || code == 421) else {
      (isGreylisting, delay) = (false, nil)
      return
    }
    let (isNamed, delay) = Self.read(reply.text.span)
    isGreylisting = isNamed || delay != nil || reply.status == EnhancedStatusCode(4, 7, 1)
    self.delay = delay
  }

  /// Looks at each word once: `greylisted`, `in 5 minutes`, `in 00:05:00`.
  private static func read(_ text: Span<UInt8>) -> (isNamed: Bool, delay: Duration?) {
    var cursor = ByteCursor(text)
    var isNamed = false
    var delay: Duration?
    while !cursor.isAtEnd {
      let start = cursor.offset
      let word = cursor.takeWord()
      if word.count > 0 {
        let isGrey = word.packed & 0xFFFF_FFFF == packed("grey") || word.packed & 0xFFFF_FFFF == packed("gray")
        isNamed = isNamed || (isGrey && word.count >= 8) || word.packed == packed("postgrey")
      } else if let number = cursor.takeNumber(upTo: 1_000_000) {
        if delay == nil { delay = duration(number, &cursor) }
      } else {
        // A number that is too large is skipped whole: the rest of its digits are no number.
        let isNumber = text[start].isASCIIDigit
        cursor.offset = start + 1
        if isNumber { _ = cursor.take { $0.isASCIIDigit } }
      }
    }
    return (isNamed, delay)
  }

  @_lifetime(cursor: copy cursor)
  private static func duration(_ first: UInt64, _ cursor: inout ByteCursor) -> Duration? {
    if cursor.skip(58) {
      guard let second = cursor.takeNumber(upTo: 59) else { return nil }
      guard cursor.skip(58) else { return nil }
      guard let third = cursor.takeNumber(upTo: 59), first < 100 else { return nil }
      return .seconds(Int64(first * 3600 + second * 60 + third))
    }
    _ = cursor.skip(.space)
    let word = cursor.takeWord()
    switch word.packed {
    case packed("s"), packed("sec"), packed("secs"), packed("second"), packed("seconds"): return .seconds(Int64(first))
    case packed("m"), packed("min"), packed("mins"), packed("minute"), packed("minutes"):
      return .seconds(Int64(first) * 60)
    case packed("h"), packed("hour"), packed("hours"): return .seconds(Int64(first) * 3600)
    default: return nil
    }
  }
}
