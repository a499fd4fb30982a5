/// One entry of a ``Layout``: the place of a string, a run of other entries, or a number.
///
/// What an entry is follows from its place, so it carries no tag.
struct LayoutEntry: Sendable {
  /// Where the string or run begins; the low half of a number.
  var offset: UInt32
  /// How long it is; the high half of a number.
  var length: UInt32

  @inline(__always)
  init(_ offset: Int, _ length: Int) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.length = UInt32(truncatingIfNeeded: length)
  }

  @inline(__always)
  init(number: UInt64) {
    offset = UInt32(truncatingIfNeeded: number)
    length = UInt32(truncatingIfNeeded: number >> 32)
  }

  /// A literal that was streamed: its header, which a string of this length cannot be taken for.
  @inline(__always)
  init(streamed start: Int, _ length: Int) {
    self.init(start, length | 1 << 31)
  }

  @inline(__always) var isStreamed: Bool { length >> 31 == 1 && !isNull }

  /// `NIL`, or what is absent.
  @inline(__always) static var null: LayoutEntry { LayoutEntry(-1, -1) }

  @inline(__always) var isNull: Bool { offset == .max && length == .max }
  @inline(__always) var number: UInt64 { UInt64(length) << 32 | UInt64(offset) }
  @inline(__always) var start: Int { Int(offset) }
  @inline(__always) var count: Int { Int(length) }
  @inline(__always) var end: Int { Int(offset) &+ Int(length) }
}
