@_spi(MailCodec) import MailWire

/// How a stream of units ends: with its input, or where nobody can know how it goes on.
struct StreamEnding {
  private enum State {
    case open
    /// `COMPRESS` was spoken of: what follows may be compressed.
    case undecided
    case compressed
    /// What follows cannot be told apart.
    case lost
    /// A unit was told of that the end cut off, or nothing was left.
    case over
  }

  private var state = State.open

  /// Whether units can still be told apart.
  var isOpen: Bool { state == .open }

  mutating func lose() { state = .lost }

  /// The next unit may be compressed data, [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978).
  mutating func expectCompression() { state = .undecided }

  /// All that is left, when it cannot be told apart, once it is there.
  mutating func next(_ kind: String, since start: UInt64, in input: inout TapInput) -> TapUnit? {
    if state == .undecided, let isCompressed = Self.isCompressed(input, since: start) {
      state = isCompressed ? .compressed : .open
    }
    guard state == .lost || state == .compressed else { return nil }
    input.buffer.removeAll()
    guard input.isAtEnd, input.received > start else { return nil }
    let isCompressed = state == .compressed
    state = .over
    var unit = TapUnit(isCompressed ? "compressed" : kind, at: start, length: input.received - start)
    if !isCompressed { unit.fault = TapUnit.Fault("unframeable", at: 0) }
    unit.remarks = [
      Detail("note", isCompressed ? "not read" : "nobody can know where this ends: nothing behind it is read")
    ]
    return unit
  }

  /// What the end of input cut off; nil when input has not ended, and when nothing is left.
  mutating func rest(_ what: String, since start: UInt64, in input: inout TapInput) -> TapUnit? {
    guard input.isAtEnd else { return nil }
    if what != "content", input.offset == start, case .unit(let unit) = TLSRecord.take(from: &input, isStrict: false) {
      state = .over
      return unit
    }
    state = .over
    if what == "content" { return .incomplete(what, at: start, length: input.received - start) }
    return input.takeRest(what, since: start)
  }

  /// Whether what begins at `start` is no text: commands and responses begin with ASCII and a space. Nil while nobody
  /// can know.
  private static func isCompressed(_ input: TapInput, since start: UInt64) -> Bool? {
    let bytes = input.buffer.bytes.extracting(droppingFirst: Int(start - input.offset))
    for index in bytes.indices {
      if bytes[index] == .space || index == 32 { return false }
      if !bytes[index].isASCIIGraphic { return bytes[index] != .carriageReturn && bytes[index] != .lineFeed }
    }
    return input.isAtEnd ? false : nil
  }
}
