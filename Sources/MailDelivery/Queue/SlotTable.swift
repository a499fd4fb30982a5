/// Elements in one array, named by their index; freed indices are used again, so that a queue of a million recipients is a
/// handful of arrays instead of a million objects.
struct SlotTable<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var free: [UInt32] = []

  /// How many elements are in use.
  var count: Int { elements.count - free.count }

  subscript(_ index: UInt32) -> Element {
    @inline(__always) _read { yield elements[Int(index)] }
    @inline(__always) _modify { yield &elements[Int(index)] }
  }

  mutating func insert(_ element: Element) -> UInt32 {
    if let index = free.popLast() {
      elements[Int(index)] = element
      return index
    }
    elements.append(element)
    return UInt32(truncatingIfNeeded: elements.count - 1)
  }

  /// Frees an index; `blank` takes its place, so that it holds on to no memory.
  mutating func remove(_ index: UInt32, leaving blank: Element) {
    elements[Int(index)] = blank
    free.append(index)
  }

  /// The indices that were ever used.
  var bound: UInt32 { UInt32(truncatingIfNeeded: elements.count) }
}

extension UInt32 {
  /// No slot.
  static var none: UInt32 { .max }
}
