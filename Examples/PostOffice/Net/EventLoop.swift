#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import MailWire

/// One thread, one `poll`: it waits for the descriptors and the deadlines of all its sources and wakes those concerned.
final class EventLoop {
  /// The time, read once a turn.
  private(set) var now = Clock.now
  /// Where connections read to: one buffer for all, since its bytes go into a machine at once.
  var readBuffer = [UInt8](repeating: 0, count: 1 << 16)

  private var entries: [pollfd] = []
  private var sources: [EventSource] = []
  private var deadlines = DeadlineHeap()
  private var woken: [(source: EventSource, reading: Bool, writing: Bool)] = []

  /// How many sources are watched.
  var count: Int { sources.count }

  /// Watches `source`, or watches it for something else than before.
  func watch(_ source: EventSource, reading: Bool, writing: Bool = false, deadline: Instant? = nil) {
    let events = Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0))
    if let slot = source.slot {
      entries[slot].events = events
    } else {
      source.slot = sources.count
      sources.append(source)
      entries.append(pollfd(fd: source.descriptor.number, events: events, revents: 0))
    }
    deadlines.set(deadline, of: source)
  }

  /// Forgets `source`; its descriptor closes with it.
  func forget(_ source: EventSource) {
    guard let slot = source.slot else { return }
    deadlines.set(nil, of: source)
    source.slot = nil
    let last = sources.removeLast()
    let lastEntry = entries.removeLast()
    guard last !== source else { return }
    sources[slot] = last
    entries[slot] = lastEntry
    last.slot = slot
  }

  /// Turns until `isDone` says so.
  func run(until isDone: () -> Bool) throws(SystemError) {
    while !isDone() { try turn() }
  }

  /// Tells every source that the process wants to end.
  func shutDown() {
    for source in sources { source.shutDown() }
  }

  private func turn() throws(SystemError) {
    let timeout = millisecondsToDeadline()
    let count = unsafe entries.withUnsafeMutableBufferPointer { buffer in
      unsafe poll(buffer.baseAddress, nfds_t(buffer.count), timeout)
    }
    if count < 0, errno != EINTR { throw SystemError("poll") }
    now = Clock.now
    if count > 0 { wakeReady(count) }
    wakeOverdue()
  }

  /// Waking one source may add and remove others, so those to be woken are noted first.
  private func wakeReady(_ count: Int32) {
    var remaining = count
    for (slot, entry) in entries.enumerated() where remaining > 0 && entry.revents != 0 {
      remaining -= 1
      let hasFailed = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
      let canWrite = entry.revents & Int16(POLLOUT) != 0
      woken.append((sources[slot], hasFailed || entry.revents & Int16(POLLIN) != 0, canWrite))
    }
    for (source, reading, writing) in woken where source.slot != nil { source.ready(reading: reading, writing: writing) }
    woken.removeAll(keepingCapacity: true)
  }

  private func wakeOverdue() {
    while let source = deadlines.first, source.deadline <= now {
      deadlines.set(nil, of: source)
      source.deadlinePassed()
    }
  }

  /// Rounded up, so that the deadline has passed when `poll` returns.
  private func millisecondsToDeadline() -> Int32 {
    guard let source = deadlines.first else { return -1 }
    let nanoseconds = source.deadline.nanoseconds - Clock.now.nanoseconds
    return nanoseconds <= 0 ? 0 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
  }
}
