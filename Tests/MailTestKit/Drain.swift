public import MailWire

/// What a machine put out until it had nothing more.
public struct Drained<Event: Sendable>: Sendable {
  /// The octets, in order.
  public var bytes: [UInt8] = []
  /// The events, in order.
  public var events: [Event] = []
  /// The requests to the transport, in order.
  public var actions: [TransportAction] = []
  /// The trace, in order.
  public var traces: [TraceRecord] = []
  /// What the machine waits for; nil when it did not come to rest within 100,000 outputs.
  public var wait: Wait?

  /// The octets as text, escaped.
  public var text: String { visible(bytes) }
}

/// Polls a machine until it waits and collects what it puts out; `handle` may answer its events.
public func drain<Subject: ConnectionMachine & ~Copyable>(
  _ machine: inout Subject, handle: (Subject.Event, inout Subject) throws -> Void = { _, _ in }
) rethrows -> Drained<Subject.Event> {
  var drained = Drained<Subject.Event>()
  for _ in 0..<100_000 {
    switch machine.poll() {
    case .write:
      machine.withOutbound { bytes in
        for index in bytes.indices { drained.bytes.append(bytes[index]) }
        return bytes.count
      }
    case .event(let event):
      drained.events.append(event)
      try handle(event, &machine)
    case .transport(let action):
      drained.actions.append(action)
    case .trace(let record):
      drained.traces.append(record)
    case .wait(let wait):
      drained.wait = wait
      return drained
    }
  }
  return drained
}
