@_spi(MailCodec) import MailWire

/// Quoted-printable for text in lines, piece by piece.
///
/// [RFC 2045 §6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7). CRLF stays a line end, as does LF, which becomes CRLF;
/// no line gets longer than 76 characters, and none begins with a dot or an `F`, because the
/// way changes lines such as `From `.
public struct QuotedPrintableEncoder: Sendable {
  private var column = 0
  /// A blank, which must not end a line as it is.
  private var blank: UInt8?
  /// Whether a CR came last, which may begin a line end.
  private var isBehindReturn = false

  /// An encoder at the beginning of the data.
  public init() {}

  /// Encodes the next piece and appends what it gives.
  public mutating func encode(_ piece: Span<UInt8>, into output: inout [UInt8]) {
    for index in piece.indices {
      let byte = piece[index]
      if byte == .lineFeed {
        isBehindReturn = false
        finishLine(&output)
        endLine(&output)
        continue
      }
      if isBehindReturn { releaseReturn(into: &output) }
      if byte == .carriageReturn {
        isBehindReturn = true
        continue
      }
      if let blank { write(blank, to: &output) }
      blank = byte.isBlank ? byte : nil
      if byte.isBlank { continue }
      if byte.isASCIIGraphic, byte != .equals, !isAtLineStart || byte != .dot && byte != 70 {
        write(byte, to: &output)
      } else {
        write(escaped: byte, to: &output)
      }
    }
  }

  /// Appends what was held back.
  public mutating func finish(into output: inout [UInt8]) {
    if isBehindReturn { releaseReturn(into: &output) }
    finishLine(&output)
    column = 0
  }

  /// Whether the next character begins a line.
  private var isAtLineStart: Bool { column == 0 || column >= 75 }

  /// Writes a blank that a line ends with.
  private mutating func finishLine(_ output: inout [UInt8]) {
    if let blank { write(escaped: blank, to: &output) }
    blank = nil
  }

  /// Writes a CR that was no line end, with the blank before it.
  private mutating func releaseReturn(into output: inout [UInt8]) {
    isBehindReturn = false
    if let blank { write(blank, to: &output) }
    blank = nil
    write(escaped: .carriageReturn, to: &output)
  }

  private mutating func write(_ byte: UInt8, to output: inout [UInt8]) {
    makeRoom(1, &output)
    output.append(byte)
  }

  private mutating func write(escaped byte: UInt8, to output: inout [UInt8]) {
    makeRoom(3, &output)
    output.append(.equals)
    output.append(HexadecimalDigits.digit(byte >> 4))
    output.append(HexadecimalDigits.digit(byte & 15))
  }

  /// Leaves a column for the equals sign of a soft line end.
  private mutating func makeRoom(_ width: Int, _ output: inout [UInt8]) {
    if column + width > 75 {
      output.append(.equals)
      endLine(&output)
    }
    column += width
  }

  private mutating func endLine(_ output: inout [UInt8]) {
    output.append(.carriageReturn)
    output.append(.lineFeed)
    column = 0
  }
}

enum HexadecimalDigits {
  /// The digit of a value below sixteen, in upper case.
  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 55 }
}
