import MailWire

/// Event sources by deadline, the earliest first: a binary heap in which each source knows its place, so that a deadline
/// that moves with every command costs a few comparisons and leaves nothing stale behind.
struct DeadlineHeap {
  private var sources: [EventSource] = []

  var first: EventSource? { sources.first }

  /// Gives `source` another deadline, or none.
  mutating func set(_ deadline: Instant?, of source: EventSource) {
    switch (deadline, source.heapIndex) {
    case (nil, nil):
      return
    case (nil, let index?):
      remove(source, at: index)
    case (let deadline?, nil):
      source.deadline = deadline
      source.heapIndex = sources.count
      sources.append(source)
      siftUp(sources.count - 1)
    case (let deadline?, let index?):
      guard deadline != source.deadline else { return }
      source.deadline = deadline
      siftUp(index)
      siftDown(source.heapIndex ?? index)
    }
  }

  private mutating func remove(_ source: EventSource, at index: Int) {
    let last = sources.removeLast()
    source.heapIndex = nil
    guard last !== source else { return }
    place(last, at: index)
    siftUp(index)
    siftDown(last.heapIndex ?? index)
  }

  private mutating func place(_ source: EventSource, at index: Int) {
    sources[index] = source
    source.heapIndex = index
  }

  private mutating func siftUp(_ start: Int) {
    let source = sources[start]
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard source.deadline < sources[parent].deadline else { break }
      place(sources[parent], at: index)
      index = parent
    }
    place(source, at: index)
  }

  private mutating func siftDown(_ start: Int) {
    let source = sources[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < sources.count else { break }
      if child + 1 < sources.count, sources[child + 1].deadline < sources[child].deadline { child += 1 }
      guard sources[child].deadline < source.deadline else { break }
      place(sources[child], at: index)
      index = child
    }
    place(source, at: index)
  }
}
