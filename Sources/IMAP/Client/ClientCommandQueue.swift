/// Commands that wait to be sent, in their order.
struct ClientCommandQueue: Sendable {
  private var storage: [ClientCommand?] = []
  private var head = 0
  /// How many of them select another mailbox or none.
  private(set) var selections = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: ClientCommand? { head < storage.count ? storage[head] : nil }

  func forEach(_ body: (ClientCommand) -> Void) {
    for index in head..<storage.count {
      if let command = storage[index] { body(command) }
    }
  }

  mutating func append(_ command: ClientCommand) {
    storage.append(command)
    if command.traits.contains(.changesMailbox) { selections += 1 }
  }

  /// Puts a command before all others.
  mutating func prepend(_ command: ClientCommand) {
    guard head > 0 else { return storage.insert(command, at: 0) }
    head -= 1
    storage[head] = command
  }

  /// Lets an `IDLE` that is the last command end as soon as it has begun; false when the last command is another.
  mutating func endIdle() -> Bool {
    guard head < storage.count, storage[storage.count - 1]?.role == .idle else { return false }
    storage[storage.count - 1]?.isDoneWanted = true
    return true
  }

  /// Forgets the first command, and its secrets with it.
  mutating func removeFirst() {
    guard head < storage.count else { return }
    if storage[head]?.traits.contains(.changesMailbox) == true { selections -= 1 }
    storage[head] = nil
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= 64)
      head = 0
    } else if head >= 64, head * 2 >= storage.count {
      storage.removeFirst(head)
      head = 0
    }
  }
}
