@_spi(MailCodec) import MailWire

/// Base64 in lines of 76 characters, piece by piece.
///
/// [RFC 2045 §6.8](https://www.rfc-editor.org/rfc/rfc2045#section-6.8)
public struct Base64Encoder: Sendable {
  /// Octets that do not make a line yet: fewer than 57.
  private var held: [UInt8] = []

  private static let octetsOfLine = 57

  /// An encoder at the beginning of the data.
  public init() {}

  /// Encodes the next piece and appends the lines that are complete.
  public mutating func encode(_ piece: Span<UInt8>, into output: inout [UInt8]) {
    var offset = 0
    while held.count + piece.count - offset >= Self.octetsOfLine {
      let count = Self.octetsOfLine - held.count
      let part = piece.extracting(offset..<(offset + count))
      offset += count
      if held.isEmpty {
        Self.writeLine(part, to: &output)
      } else {
        held.append(part)
        Self.writeLine(held.span, to: &output)
        held.removeAll(keepingCapacity: true)
      }
    }
    held.append(piece.extracting(offset..<piece.count))
  }

  /// Appends the last line.
  public mutating func finish(into output: inout [UInt8]) {
    if !held.isEmpty { Self.writeLine(held.span, to: &output) }
    held.removeAll(keepingCapacity: true)
  }

  private static func writeLine(_ octets: Span<UInt8>, to output: inout [UInt8]) {
    output.append(contentsOf: Base64.encode(octets))
    output.append(.carriageReturn)
    output.append(.lineFeed)
  }
}
