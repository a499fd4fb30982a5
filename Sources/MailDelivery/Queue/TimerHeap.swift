/// Slots by due time: a four-ary heap that knows where each slot is, so that setting, moving and removing a timer cost the
/// logarithm of their number.
struct TimerHeap: Sendable {
  private struct Entry {
    var time: Int64
    var slot: UInt32
  }

  private var entries: [Entry] = []
  /// Where in `entries` a slot is.
  private var places: [UInt32] = []

  var count: Int { entries.count }

  /// The earliest time.
  var first: Int64? { entries.first?.time }

  /// The time of a slot's timer.
  func time(of slot: UInt32) -> Int64? {
    guard Int(slot) < places.count, places[Int(slot)] != .none else { return nil }
    return entries[Int(places[Int(slot)])].time
  }

  /// Sets the timer of a slot in place of any earlier one.
  mutating func set(_ slot: UInt32, to time: Int64) {
    while places.count <= Int(slot) { places.append(.none) }
    let place = places[Int(slot)]
    if place == .none {
      entries.append(Entry(time: time, slot: slot))
      rise(entries.count - 1)
    } else {
      let earlier = entries[Int(place)].time
      entries[Int(place)].time = time
      if time < earlier { rise(Int(place)) } else { sink(Int(place)) }
    }
  }

  /// Removes the timer of a slot, if it has one.
  mutating func remove(_ slot: UInt32) {
    guard Int(slot) < places.count, places[Int(slot)] != .none else { return }
    let place = Int(places[Int(slot)])
    places[Int(slot)] = .none
    let last = entries.removeLast()
    guard place < entries.count else { return }
    let removed = entries[place].time
    entries[place] = last
    if last.time < removed { rise(place) } else { sink(place) }
  }

  /// Takes the first slot whose time has come.
  mutating func popFirst(dueBy now: Int64) -> UInt32? {
    guard let entry = entries.first, entry.time <= now else { return nil }
    remove(entry.slot)
    return entry.slot
  }

  private mutating func rise(_ start: Int) {
    var place = start
    let entry = entries[place]
    while place > 0 {
      let parent = (place - 1) / 4
      guard entry.time < entries[parent].time else { break }
      entries[place] = entries[parent]
      places[Int(entries[place].slot)] = UInt32(truncatingIfNeeded: place)
      place = parent
    }
    entries[place] = entry
    places[Int(entry.slot)] = UInt32(truncatingIfNeeded: place)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    let entry = entries[place]
    while true {
      let child = place * 4 + 1
      guard child < entries.count else { break }
      var least = child
      for other in (child + 1)..<max(child + 1, min(child + 4, entries.count))
      where entries[other].time < entries[least].time { least = other }
      guard entries[least].time < entry.time else { break }
      entries[place] = entries[least]
      places[Int(entries[place].slot)] = UInt32(truncatingIfNeeded: place)
      place = least
    }
    entries[place] = entry
    places[Int(entry.slot)] = UInt32(truncatingIfNeeded: place)
  }
}
