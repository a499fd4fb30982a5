/// Events in the order in which they will come out. Nearly always empty or holding one, so it reuses one small array.
@_spi(MailCodec) @frozen
public struct EventQueue<Event: Sendable>: Sendable {
  @usableFromInline var storage: [Event] = []
  @usableFromInline var head = 0

  /// An empty queue.
  @inlinable public init() {}

  /// Whether no event waits.
  @inlinable public var isEmpty: Bool { head == storage.count }

  /// Puts an event behind the others.
  @inlinable
  public mutating func append(_ event: Event) { storage.append(event) }

  /// Takes the first event, or nil when none waits.
  @inlinable
  public mutating func popFirst() -> Event? {
    guard head < storage.count else { return nil }
    let event = storage[head]
    head &+= 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= 4)
      head = 0
    }
    return event
  }
}
