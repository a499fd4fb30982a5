#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The sources of an ``EventLoop`` as `poll` takes them, the lively ones in front.
///
/// `poll` costs time for every descriptor it is given: with five thousand idle connections, a busy one beside them would
/// wait a millisecond and more for each of its commands. So the sources that had something lately are asked again and
/// again, and all of them only now and then.
struct PollTable {
  private var entries: [pollfd] = []
  private var sources: [EventSource] = []
  private var livelyCount = 0
  /// Which poll of all sources this is; a source that has stayed silent since the one before is no longer lively.
  private var round: UInt32 = 0

  var count: Int { sources.count }
  var all: [EventSource] { sources }
  var hasLively: Bool { livelyCount > 0 }

  /// Adds a source, or changes what is asked of it.
  mutating func set(_ source: EventSource, events: Int16) {
    if let slot = source.slot {
      entries[slot].events = events
    } else {
      source.slot = sources.count
      sources.append(source)
      entries.append(pollfd(fd: source.descriptor.number, events: events, revents: 0))
      enliven(source)
    }
  }

  mutating func remove(_ source: EventSource) {
    guard let slot = source.slot else { return }
    if slot < livelyCount {
      livelyCount -= 1
      exchange(slot, livelyCount)
    }
    exchange(source.slot ?? slot, sources.count - 1)
    sources.removeLast()
    entries.removeLast()
    source.slot = nil
  }

  /// Waits up to `milliseconds` for all sources, or for the lively ones alone, and appends those that have something.
  mutating func poll(
    onlyLively: Bool, milliseconds: Int32, into woken: inout [EventLoop.Wake]
  ) throws(SystemError) {
    let length = onlyLively ? livelyCount : entries.count
    var remaining = unsafe entries.withUnsafeMutableBufferPointer { buffer in
      unsafe systemPoll(buffer.baseAddress, nfds_t(length), milliseconds)
    }
    if remaining < 0, errno != EINTR { throw SystemError("poll") }
    for slot in 0..<length where remaining > 0 && entries[slot].revents != 0 {
      remaining -= 1
      let events = Int32(entries[slot].revents)
      let hasFailed = events & (POLLERR | POLLHUP | POLLNVAL) != 0
      woken.append(
        EventLoop.Wake(
          source: sources[slot], reading: hasFailed || events & POLLIN != 0, writing: events & POLLOUT != 0))
    }
    for wake in woken { enliven(wake.source) }
    if !onlyLively { retire() }
  }

  private mutating func enliven(_ source: EventSource) {
    source.lastRound = round
    guard let slot = source.slot, slot >= livelyCount else { return }
    exchange(slot, livelyCount)
    livelyCount += 1
  }

  private mutating func retire() {
    for slot in (0..<livelyCount).reversed() where sources[slot].lastRound != round {
      livelyCount -= 1
      exchange(slot, livelyCount)
    }
    round &+= 1
  }

  private mutating func exchange(_ left: Int, _ right: Int) {
    guard left != right else { return }
    entries.swapAt(left, right)
    sources.swapAt(left, right)
    sources[left].slot = left
    sources[right].slot = right
  }
}

/// `poll` by another name, which the table's own method does not hide.
private func systemPoll(_ entries: UnsafeMutablePointer<pollfd>?, _ count: nfds_t, _ milliseconds: Int32) -> Int32 {
  unsafe poll(entries, count, milliseconds)
}
