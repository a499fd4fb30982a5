import MailWire

/// Looks once a second after the mailboxes that sessions listen to: other programs say nothing when they change them.
final class MailboxWatch: EventSource {
  private let hub: MailboxHub
  private let loop: EventLoop

  private static let rhythm: Duration = .seconds(1)

  init(hub: MailboxHub, loop: EventLoop) {
    self.hub = hub
    self.loop = loop
    // It has no descriptor: `poll` passes over a negative one.
    super.init(descriptor: Descriptor(owning: -1))
  }

  func begin() { loop.watch(self, reading: false, deadline: loop.now + Self.rhythm) }

  override func deadlinePassed() {
    hub.tend()
    begin()
  }

  override func shutDown() { loop.forget(self) }
}
