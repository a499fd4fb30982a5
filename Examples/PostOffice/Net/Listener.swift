import MailWire

/// Accepts connections and hands each to `open`.
final class Listener: EventSource {
  let local: Endpoint
  private let loop: EventLoop
  private let open: (consuming Descriptor, _ peer: Endpoint, _ isLoopback: Bool) -> Void

  /// Listens at once.
  init(
    on endpoint: Endpoint, loop: EventLoop,
    open: @escaping (consuming Descriptor, _ peer: Endpoint, _ isLoopback: Bool) -> Void
  ) throws(SystemError) {
    let descriptor = try Socket.makeListener(on: endpoint)
    local = Socket.localEndpoint(of: descriptor)
    self.loop = loop
    self.open = open
    super.init(descriptor: descriptor)
    loop.watch(self, reading: true)
  }

  /// Takes a few connections a turn, so that a flood of new ones does not starve the old ones.
  override func ready(reading: Bool, writing: Bool) {
    for _ in 0..<64 {
      guard loop.count < loop.maximumCount else { return pause() }
      switch Socket.nextConnection(at: descriptor) {
      case .connection(let descriptor, let peer): open(descriptor, peer, local.isLoopback)
      case .notNow: return
      case .exhausted: return pause()
      }
    }
  }

  override func deadlinePassed() { loop.watch(self, reading: true) }

  override func shutDown() { loop.forget(self) }

  /// No room: connections wait in the kernel until some are closed.
  private func pause() { loop.watch(self, reading: false, deadline: loop.now + .milliseconds(200)) }
}
