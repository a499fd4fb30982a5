import MailWire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One thread, one `poll`: it waits for the descriptors and the deadlines of all its sources and wakes those concerned.
final class EventLoop {
  /// A source that has something.
  struct Wake {
    let source: EventSource
    let reading: Bool
    let writing: Bool
  }

  /// The time, read once a turn.
  private(set) var now = Clock.now
  /// Where connections read to: one buffer for all, since its bytes go into a machine at once.
  var readBuffer = [UInt8](repeating: 0, count: 1 << 16)

  private var table = PollTable()
  private var deadlines = DeadlineHeap()
  private var woken: [Wake] = []
  private var lastFullPoll = Instant.zero

  /// Up to so many sources, asking all of them costs next to nothing.
  private static let smallCount = 64
  /// How long a silent source may wait while others are busy.
  private static let fullPollInterval: Duration = .milliseconds(5)

  /// How many sources there may be before listeners take no more connections.
  let maximumCount: Int

  init(maximumCount: Int = .max) { self.maximumCount = maximumCount }

  /// How many sources are watched.
  var count: Int { table.count }

  /// Watches `source`, or watches it for something else than before.
  func watch(_ source: EventSource, reading: Bool, writing: Bool = false, deadline: Instant? = nil) {
    table.set(source, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)))
    deadlines.set(deadline, of: source)
  }

  /// Forgets `source`; its descriptor closes with it.
  func forget(_ source: EventSource) {
    deadlines.set(nil, of: source)
    table.remove(source)
  }

  /// Turns until `isDone` says so.
  func run(until isDone: () -> Bool) throws(SystemError) {
    while !isDone() { try turn() }
  }

  /// Tells every source that the process wants to end.
  func shutDown() {
    for source in table.all { source.shutDown() }
  }

  private func turn() throws(SystemError) {
    try poll()
    now = Clock.now
    // Waking one source may remove others.
    for wake in woken where wake.source.slot != nil { wake.source.ready(reading: wake.reading, writing: wake.writing) }
    woken.removeAll(keepingCapacity: true)
    while let source = deadlines.first, source.deadline <= now {
      deadlines.set(nil, of: source)
      source.deadlinePassed()
    }
  }

  /// With many sources, those that had something lately are asked first, and all of them when none of those has or when
  /// it is time.
  private func poll() throws(SystemError) {
    if table.count > Self.smallCount, table.hasLively, now < lastFullPoll + Self.fullPollInterval {
      let time = min(millisecondsToDeadline ?? .max, 1)
      try table.poll(onlyLively: true, milliseconds: time, into: &woken)
      if !woken.isEmpty { return }
    }
    try table.poll(onlyLively: false, milliseconds: millisecondsToDeadline ?? -1, into: &woken)
    lastFullPoll = Clock.now
  }

  /// Rounded up, so that the deadline has passed when `poll` returns.
  private var millisecondsToDeadline: Int32? {
    guard let source = deadlines.first else { return nil }
    let nanoseconds = source.deadline.nanoseconds - Clock.now.nanoseconds
    return nanoseconds <= 0 ? 0 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
  }
}
