/// The queue's name for a session with a host: never used twice by one queue.
@frozen
public struct SessionID: Hashable, Sendable, CustomStringConvertible {
  let slot: UInt32
  let generation: UInt32

  init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }

  /// The identifier as text.
  public var description: String { "\(slot).\(generation)" }
}
