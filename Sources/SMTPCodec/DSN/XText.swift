@_spi(MailCodec) public import MailWire

/// The encoding that carries any octet in the value of a parameter.
///
/// [RFC 3461 §4](https://www.rfc-editor.org/rfc/rfc3461#section-4): visible ASCII stands for itself, but for `+` and `=`;
/// every other octet is a `+` with two hexadecimal digits.
///
///     C: MAIL FROM:<susan@website.test> ENVID=order+20no.+207
public enum XText {
  /// Encodes octets.
  public static func encode(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for index in bytes.indices {
      let byte = bytes[index]
      if isPlain(byte) {
        output.append(byte)
      } else {
        output.append(43)
        output.append(digit(byte >> 4))
        output.append(digit(byte & 15))
      }
    }
    return output
  }

  /// Decodes a text. Hexadecimal digits of either case are read.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` at the first octet that xtext cannot hold.
  public static func decode(_ text: Span<UInt8>) throws(SyntaxError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      if isPlain(byte) {
        output.append(byte)
        offset += 1
      } else {
        guard
          byte == 43, text.count - offset >= 3, let high = value(text[offset + 1]), let low = value(text[offset + 2])
        else { throw SyntaxError(.badParameter, at: offset) }
        output.append(high << 4 | low)
        offset += 3
      }
    }
    return output
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte.isASCIIGraphic && byte != 43 && byte != 61 }

  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }

  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }
}
