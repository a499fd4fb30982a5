@_spi(MailCodec) import MailWire

/// The encoding of addresses of the type `utf-8`: `\x{…}` with a code point in hexadecimal.
///
/// [RFC 6533 §3](https://www.rfc-editor.org/rfc/rfc6533#section-3): `utf-8-addr-xtext` in ASCII, `utf-8-addr-unitext` with
/// characters beyond ASCII as they are.
package enum UnicodeText {
  /// The address in ASCII.
  package static func encode(_ address: Span<UInt8>) -> [UInt8] {
    var output = OutboundBuffer()
    forEachScalar(of: address) { scalar in
      if scalar < 127, isPlain(UInt8(truncatingIfNeeded: scalar)) {
        output.append(UInt8(truncatingIfNeeded: scalar))
      } else {
        appendEscape(of: scalar, to: &output)
      }
    }
    return output.bytes.copied()
  }

  /// A text in which characters beyond ASCII are escaped and the rest is as it was.
  static func escaped(_ text: Span<UInt8>) -> [UInt8] {
    var output = OutboundBuffer()
    forEachScalar(of: text) { scalar in
      if scalar < 128 {
        output.append(UInt8(truncatingIfNeeded: scalar))
      } else {
        appendEscape(of: scalar, to: &output)
      }
    }
    return output.bytes.copied()
  }

  /// The address that a text stands for. A text that does not keep to the encoding is the address itself, as
  /// RFC 6533 demands, unless it could not be written in a line.
  static func decode(_ text: Span<UInt8>, at start: Int) throws(SyntaxError) -> [UInt8] {
    guard isUTF8(text) else { throw SyntaxError(.badParameter, at: start) }
    for index in text.indices where text[index] < 128 && !text[index].isASCIIGraphic {
      throw SyntaxError(.badParameter, at: start + index)
    }
    return unescaped(text) ?? text.copied()
  }

  private static func unescaped(_ text: Span<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var cursor = ByteCursor(text)
    while let byte = cursor.next {
      cursor.offset += 1
      if byte != 92 {
        guard byte != 43, byte != 61 else { return nil }
        output.append(byte)
        continue
      }
      guard cursor.skip(120), cursor.skip(123) else { return nil }
      var value: UInt32 = 0
      let first = cursor.offset
      while let next = cursor.next, let digit = XText.value(next), cursor.offset - first < 6 {
        value = value << 4 | UInt32(digit)
        cursor.offset += 1
      }
      let digits = cursor.offset - first
      guard digits >= 2, cursor.skip(125), let scalar = Unicode.Scalar(value) else { return nil }
      // What is no printable character would end the field that the address gets into.
      guard value >= 32, value < 127 || value >= 160 else { return nil }
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { output.append(unit) }
    }
    return output
  }

  /// Whether the octets are UTF-8.
  package static func isUTF8(_ text: Span<UInt8>) -> Bool {
    var isValid = true
    forEachScalar(of: text) { scalar in if scalar == invalid { isValid = false } }
    return isValid
  }

  private static var invalid: UInt32 { .max }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte.isASCIIGraphic && byte != 43 && byte != 61 && byte != 92
  }

  private static func appendEscape(of scalar: UInt32, to output: inout OutboundBuffer) {
    // U+FFFD for an octet that begins no character: an address that is not UTF-8 has no encoding.
    let value = scalar == invalid ? 0xFFFD : scalar
    output.append("\\x{")
    var shift: UInt32 = 28
    while shift > 4, value >> shift == 0 { shift -= 4 }
    while true {
      output.append(XText.digit(UInt8(truncatingIfNeeded: value >> shift) & 15))
      if shift == 0 { break }
      shift -= 4
    }
    output.append(125)
  }

  /// Decodes by hand: no `String`, so that no Unicode tables are linked in.
  private static func forEachScalar(of text: Span<UInt8>, _ body: (UInt32) -> Void) {
    var offset = 0
    while offset < text.count {
      let (scalar, length) = scalar(in: text, at: offset)
      body(scalar)
      offset += length
    }
  }

  private static func scalar(in text: Span<UInt8>, at offset: Int) -> (UInt32, length: Int) {
    let first = text[offset]
    let (length, minimum): (Int, UInt32) =
      switch first {
      case ..<0x80: (1, 0)
      case 0xC2...0xDF: (2, 0x80)
      case 0xE0...0xEF: (3, 0x800)
      case 0xF0...0xF4: (4, 0x10000)
      default: (0, 0)
      }
    guard length > 0, text.count - offset >= length else { return (invalid, 1) }
    if length == 1 { return (UInt32(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = text[offset + index]
      guard byte & 0xC0 == 0x80 else { return (invalid, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= minimum, value <= 0x10FFFF, !(0xD800...0xDFFF ~= value) else { return (invalid, 1) }
    return (value, length)
  }
}
