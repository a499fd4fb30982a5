/// The commands that wait for their replies, in the order in which they were sent.
struct ReplyQueue: Sendable {
  private var storage: [SMTPClient.Expectation] = []
  private var head = 0

  var isEmpty: Bool { head == storage.count }
  var first: SMTPClient.Expectation? { isEmpty ? nil : storage[head] }

  mutating func append(_ expectation: SMTPClient.Expectation) { storage.append(expectation) }

  mutating func removeFirst() {
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= 64)
      head = 0
    }
  }
}
