import MailWire
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// SIGTERM and SIGINT as something to read: the handler, in which next to nothing is allowed, writes a byte into a pipe.
///
/// The first one shuts everything in the loop down. A second one, or the end of patience, says not to wait any longer.
final class Signals: EventSource {
  private static let pipeEnd = Atomic<Int32>(-1)
  private let loop: EventLoop
  private let patience: Duration
  private(set) var hasReceived = false
  private(set) var isImpatient = false

  init(loop: EventLoop, patience: Duration) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try attempt("pipe") { unsafe pipe(&ends) }
    self.loop = loop
    self.patience = patience
    Self.pipeEnd.store(ends[1], ordering: .releasing)
    super.init(descriptor: Descriptor(owning: ends[0]))
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in
        let saved = errno
        var byte: UInt8 = 0
        _ = unsafe write(Signals.pipeEnd.load(ordering: .acquiring), &byte, 1)
        errno = saved
      }
    }
    loop.watch(self, reading: true)
  }

  override func ready(reading: Bool, writing: Bool) {
    var byte: [UInt8] = [0]
    while case .bytes = descriptor.receive(into: &byte) {
      isImpatient = hasReceived
      guard !hasReceived else { continue }
      hasReceived = true
      loop.watch(self, reading: true, deadline: loop.now + patience)
      loop.shutDown()
    }
  }

  override func deadlinePassed() { isImpatient = true }
}
