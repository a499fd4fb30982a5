@_spi(MailCodec) import MailWire

/// How a stream of units ends: with its input, or where nobody can know how it goes on.
struct StreamEnding {
  private enum State {
    case open
    /// What follows cannot be told apart.
    case lost
    /// A unit was told of that the end cut off, or nothing was left.
    case over
  }

  private var state = State.open

  var isOpen: Bool { state == .open }

  mutating func lose() { state = .lost }

  /// All that is left, when it cannot be told apart, once it is there.
  mutating func next(_ kind: String, since start: UInt64, in input: inout TapInput) -> TapUnit? {
    guard state == .lost else { return nil }
    input.buffer.removeAll()
    guard input.isAtEnd else { return nil }
    state = .over
    var unit = TapUnit(kind, at: start, length: input.received - start)
    unit.fault = TapUnit.Fault("unframeable", at: 0)
    unit.remarks = [Detail("note", "nobody can know where this ends, so nothing behind it is read")]
    return unit
  }

  /// What the end of input cut off; nil when input has not ended, and when nothing is left.
  mutating func rest(_ what: String, since start: UInt64, in input: inout TapInput) -> TapUnit? {
    guard input.isAtEnd else { return nil }
    if what != "content", input.offset == start, case .unit(let unit) = TLSRecord.take(from: &input, isStrict: false) {
      if input.buffer.isEmpty { state = .over }
      return unit
    }
    state = .over
    if what == "content" { return .incomplete(what, at: start, length: input.received - start) }
    return input.takeRest(what, since: start)
  }
}
