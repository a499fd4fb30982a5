/// What is going to happen, by time and then by order.
struct EventHeap<Event> {
  private var entries: [(time: Int64, order: UInt64, event: Event)] = []
  private var order: UInt64 = 0

  var first: Int64? { entries.first?.time }

  mutating func insert(_ event: Event, at time: Int64) {
    order += 1
    entries.append((time, order, event))
    var place = entries.count - 1
    while place > 0, isBefore(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst(dueBy now: Int64) -> Event? {
    guard let entry = entries.first, entry.time <= now else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < entries.count && isBefore(child, least) {
        least = child
      }
      if least == place { return entry.event }
      entries.swapAt(place, least)
      place = least
    }
  }

  mutating func removeAll() -> [Event] {
    defer { entries.removeAll() }
    return entries.map { $0.event }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (entries[left].time, entries[left].order) < (entries[right].time, entries[right].order)
  }
}
