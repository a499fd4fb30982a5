import MailWire

/// One connection: a machine and the socket that it is driven over.
///
/// This is all that a host needs to write around any machine of the library: bytes in, time in, and one loop that acts on
/// what the machine says. What the events mean is a subclass's business.
class Connection<Machine: ConnectionMachine & ~Copyable>: EventSource {
  var machine: Machine
  let loop: EventLoop
  private let trace: ((TraceRecord) -> Void)?
  private var state = State.open
  private var isDraining = false

  private enum State {
    /// The socket is being connected.
    case connecting
    case open
    /// We have said our last; the peer's last bytes are read and dropped, since closing over unread ones would tell the
    /// kernel to reset the connection and the peer to lose our answer.
    case lingering
    case closed
  }

  /// The connection over `descriptor`. It does nothing before ``start()``.
  init(
    machine: consuming Machine, descriptor: consuming Descriptor, loop: EventLoop, trace: ((TraceRecord) -> Void)? = nil
  ) {
    self.machine = machine
    self.loop = loop
    self.trace = trace
    super.init(descriptor: descriptor)
  }

  /// Acts on an event of the machine. A thrown error is a fault of this host and ends the connection.
  func handle(_ event: Machine.Event) throws(MisuseError) {}

  /// Begins the session.
  final func start() {
    machine.advance(to: loop.now)
    drain()
  }

  /// Begins the session once the socket, which is being connected, is; the attempt may take so long.
  final func startWhenConnected(within timeout: Duration) {
    state = .connecting
    loop.watch(self, reading: false, writing: true, deadline: loop.now + timeout)
  }

  /// There is no connection. The machine knows no more of it than that the transport failed.
  func connectionFailed() {}

  /// Lets the machine speak, after something was asked of it outside ``handle(_:)``.
  final func drain() {
    guard !isDraining, state == .open else { return }
    isDraining = true
    defer { isDraining = false }
    while true {
      switch machine.poll() {
      case .write: write()
      case .event(let event): tell(event)
      case .transport(.startTLS): machine.transportDidChange(.tlsFailed, at: loop.now)
      case .transport(.close): close()
      case .trace(let record): trace?(record)
      case .wait(let wait): return settle(wait)
      }
    }
  }

  final override func ready(reading: Bool, writing: Bool) {
    if state == .connecting { return endConnecting() }
    guard state == .open else { return discard() }
    if writing { write() }
    if reading { read() }
    drain()
  }

  final override func deadlinePassed() {
    if state == .connecting { return abandonConnecting() }
    guard state == .open else { return finish() }
    machine.advance(to: loop.now)
    drain()
  }

  private func endConnecting() {
    guard Socket.connectionError(of: descriptor) == nil else { return abandonConnecting() }
    state = .open
    start()
  }

  private func abandonConnecting() {
    finish()
    connectionFailed()
  }

  /// Ends the connection before it begins.
  final func dropConnecting() {
    if state == .connecting { finish() }
  }

  private func tell(_ event: Machine.Event) {
    do { try handle(event) } catch {
      // The connection may end while an answer is being found.
      if error == .closed { return }
      Console.complaint("a fault in this program: \(error)")
      machine.transportDidChange(.failed, at: loop.now)
    }
  }

  private func read() {
    switch descriptor.receive(into: &loop.readBuffer) {
    case .bytes(let count):
      let buffer = loop.readBuffer
      machine.receive(buffer.span.extracting(first: count), at: loop.now)
    case .notNow: break
    case .end: machine.receiveEnd(at: loop.now)
    case .failed: machine.transportDidChange(.failed, at: loop.now)
    }
  }

  /// Writes what the socket takes; the rest waits in the machine until the socket has room.
  private func write() {
    var hasFailed = false
    machine.withOutbound { bytes in
      switch descriptor.send(bytes) {
      case .bytes(let count): return count
      case .notNow: return 0
      case .end, .failed:
        hasFailed = true
        return 0
      }
    }
    if hasFailed { machine.transportDidChange(.failed, at: loop.now) }
  }

  private func settle(_ wait: Wait) {
    switch state {
    case .open: loop.watch(self, reading: wait.reading, writing: wait.writing, deadline: wait.deadline)
    case .lingering: loop.watch(self, reading: true, deadline: loop.now + .seconds(2))
    case .connecting: break
    case .closed: loop.forget(self)
    }
  }

  private func close() {
    Socket.endWriting(descriptor)
    state = .lingering
    discard()
  }

  private func discard() {
    for _ in 0..<16 {
      switch descriptor.receive(into: &loop.readBuffer) {
      case .bytes: continue
      case .notNow: return
      case .end, .failed: return finish()
      }
    }
  }

  private func finish() {
    state = .closed
    if !isDraining { loop.forget(self) }
  }
}
