@_spi(MailCodec) import MailWire

/// `BDAT octets [LAST]`: a part of a message follows,
/// [RFC 3030 §2](https://www.rfc-editor.org/rfc/rfc3030#section-2).
struct ChunkCommand: TapValue {
  let octets: UInt64
  let isLast: Bool

  /// Parses what stands behind the verb and its space.
  init(parsing argument: [UInt8]) throws(SyntaxError) {
    var cursor = ByteCursor(argument.span)
    guard let octets = cursor.takeNumber(upTo: UInt64(Int64.max)) else { throw cursor.error(.badNumber) }
    self.octets = octets
    isLast = !cursor.isAtEnd
    guard isLast else { return }
    guard cursor.skip(.space) else { throw cursor.error(.badNumber) }
    let word = cursor.offset
    guard cursor.takeWord() == (packed("last"), 4) else { throw SyntaxError(.badParameter, at: word) }
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }

  var details: [Detail] { [Detail("octets", octets), Detail("last", isLast ? "yes" : "no")] }

  var canonical: Canonical { .octets([UInt8]("BDAT \(octets)\(isLast ? " LAST" : "")\r\n".utf8)) }
}
