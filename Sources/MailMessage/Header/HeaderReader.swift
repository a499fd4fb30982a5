@_spi(MailCodec) import MailWire

/// Reads the fields of a header one after the other, and copies nothing.
///
/// [RFC 5322 §2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2). Lines end with CRLF or LF. What is no field, such as
/// the `From ` line of an mbox file, is passed over; nothing makes it fail.
///
///     var reader = HeaderReader(bytes)
///     while let field = reader.next() { print(field.name) }
public struct HeaderReader: ~Escapable {
  private let bytes: Span<UInt8>
  private var position: Int

  /// Reads the header that begins with these octets.
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>) { self.init(bytes, 0..<bytes.count) }

  /// Reads the header in this range of a message; the offsets of its fields count from the message's first octet.
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let range = range.clamped(to: 0..<bytes.count)
    self.bytes = bytes.extracting(first: range.upperBound)
    position = range.lowerBound
  }

  /// Where the next field begins; once ``next()`` has returned nil, what follows the header: its body.
  public var offset: Int { position }

  /// The next field; nil at the empty line that ends the header, which is consumed, and where the octets end.
  @_lifetime(self: copy self)
  public mutating func next() -> HeaderField? {
    while position < bytes.count {
      let start = position
      var textEnd = skipLine()
      if textEnd == start { return nil }
      guard let name = name(from: start, to: textEnd) else { continue }
      while position < bytes.count, bytes[position].isBlank { textEnd = skipLine() }
      return HeaderField(name: start..<name.end, value: (name.colon + 1)..<textEnd, range: start..<position)
    }
    return nil
  }

  /// Where the name that begins a line ends, and where its colon is.
  private func name(from start: Int, to end: Int) -> (end: Int, colon: Int)? {
    var nameEnd = start
    while nameEnd < end, bytes[nameEnd].isASCIIGraphic, bytes[nameEnd] != .colon { nameEnd += 1 }
    var colon = nameEnd
    while colon < end, bytes[colon].isBlank { colon += 1 }
    return nameEnd > start && colon < end && bytes[colon] == .colon ? (nameEnd, colon) : nil
  }

  /// Moves behind the line and says where its text ends.
  @_lifetime(self: copy self)
  private mutating func skipLine() -> Int {
    let start = position
    guard let lineFeed = bytes.firstIndex(of: .lineFeed, from: start) else {
      position = bytes.count
      return position
    }
    position = lineFeed + 1
    return lineFeed > start && bytes[lineFeed - 1] == .carriageReturn ? lineFeed - 1 : lineFeed
  }
}
