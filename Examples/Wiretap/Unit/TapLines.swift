@_spi(MailCodec) import MailWire

/// Cuts what was fed into lines.
struct TapLines {
  enum Found {
    /// Something else than a line.
    case other(TapUnit)
    /// More octets are wanted, or none are left.
    case nothing
    /// A line over the limit, or one that the end of input cut off.
    case bad(TapUnit)
    /// A line at the front of the buffer, to be consumed with its ending.
    case line(length: Int, ending: Int)
  }

  private var framer: LineFramer
  private var start: UInt64 = 0

  init(limit: Int, isStrict: Bool) { framer = LineFramer(limit: limit, acceptsBareLineFeed: !isStrict) }

  /// The longest line in octets, its ending included.
  var limit: Int {
    get { framer.limit }
    set { framer.limit = newValue }
  }

  /// Looks for the next line; `kind` is what a line is.
  mutating func next(_ kind: String, in input: inout TapInput) -> Found {
    if !framer.isInsideLongLine {
      start = input.offset
      switch TLSRecord.take(from: &input, isStrict: !framer.acceptsBareLineFeed) {
      case .unit(let unit): return .other(unit)
      case .undecided: return .nothing
      case .nothing: break
      }
    }
    switch framer.next(in: &input.buffer) {
    case .line(let length, let ending): return .line(length: length, ending: ending)
    case .incomplete:
      guard input.isAtEnd else { return .nothing }
      reset()
      if let unit = input.takeRest(kind, since: start) {
        start = input.offset
        return .bad(unit)
      }
      return .nothing
    case .tooLong:
      var unit = TapUnit(kind, at: start, length: input.offset - start)
      unit.fault = TapUnit.Fault("tooLong", at: UInt64(framer.limit))
      return .bad(unit)
    }
  }

  /// Forgets what was searched, because somebody else consumed octets.
  mutating func reset() {
    framer = LineFramer(limit: framer.limit, acceptsBareLineFeed: framer.acceptsBareLineFeed)
  }
}
