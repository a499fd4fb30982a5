@_spi(MailCodec) import MailWire

/// The pieces of one parameter by RFC 2231: `name*`, `name*0`, `name*1*`…
struct ParameterPieces {
  private struct Piece {
    let number: Int
    let isEncoded: Bool
    let value: [UInt8]
  }

  private var pieces: [Piece] = []
  private var whole: [UInt8]?

  /// Takes the parameter if its name says that it belongs to `name`.
  mutating func add(_ parameter: FieldParameter, of name: StaticString) {
    let text = parameter.name.span
    let length = name.utf8CodeUnitCount
    guard text.count > length, text[length] == .asterisk, text.extracting(first: length).isSame(as: name) else {
      return
    }
    var cursor = ByteCursor(text.extracting(droppingFirst: length + 1))
    guard !cursor.isAtEnd else {
      whole = whole ?? parameter.value
      return
    }
    guard let number = cursor.takeNumber(upTo: 99_999) else { return }
    let isEncoded = cursor.skip(.asterisk)
    guard cursor.isAtEnd else { return }
    pieces.append(Piece(number: Int(number), isEncoded: isEncoded, value: parameter.value))
  }

  /// The octets, and their charset, which is empty when none is named; nil without pieces.
  func joined() -> (octets: [UInt8], charset: [UInt8])? {
    if let whole {
      let (charset, start) = Self.charset(whole)
      var octets: [UInt8] = []
      Self.decode(whole, from: start, into: &octets)
      return (octets, charset)
    }
    let sorted = pieces.sorted { $0.number < $1.number }
    guard sorted.first?.number == 0 else { return nil }
    var octets: [UInt8] = []
    var charset: [UInt8] = []
    var expected = 0
    for piece in sorted {
      // A number that is there twice counts once; behind one that is missing nothing counts.
      if piece.number < expected { continue }
      guard piece.number == expected else { break }
      expected += 1
      guard piece.isEncoded else {
        octets += piece.value
        continue
      }
      var start = 0
      if piece.number == 0 { (charset, start) = Self.charset(piece.value) }
      Self.decode(piece.value, from: start, into: &octets)
    }
    return (octets, charset)
  }

  /// `charset "'" [language] "'"`, and where the text begins.
  private static func charset(_ value: [UInt8]) -> (charset: [UInt8], start: Int) {
    guard let first = value.span.firstIndex(of: .apostrophe),
      let second = value.span.firstIndex(of: .apostrophe, from: first + 1)
    else { return ([], 0) }
    return ([UInt8](value[..<first]), second + 1)
  }

  private static func decode(_ value: [UInt8], from start: Int, into octets: inout [UInt8]) {
    var offset = start
    while offset < value.count {
      let byte = value[offset]
      offset += 1
      if byte == .percent, offset + 1 < value.count, let high = value[offset].hexadecimalValue,
        let low = value[offset + 1].hexadecimalValue
      {
        octets.append(high << 4 | low)
        offset += 2
      } else {
        octets.append(byte)
      }
    }
  }
}
