/// Bytes that arrived and are not yet understood, consumed by index so that no line is moved to make room for the next.
@_spi(MailCodec) @frozen
public struct ReceiveBuffer: Sendable {
  @usableFromInline var storage: [UInt8] = []
  @usableFromInline var head = 0
  /// What the storage that was given back last had held, and half as much again: the next one begins with this capacity,
  /// and does not grow to it again in steps.
  @usableFromInline var expected = 0

  /// What an idle buffer may keep, so that ten thousand idle connections cost kilobytes and a busy one does not allocate.
  @inlinable static var retainedCapacity: Int { 128 }

  /// The capacity with which a new storage begins at most, however much the last one held.
  @inlinable static var expectedCapacity: Int { 2048 }

  /// An empty buffer.
  @inlinable public init() {}

  /// The octets of storage that it holds, used or not.
  public var retainedBytes: Int { storage.capacity }

  /// The number of unread bytes.
  @inlinable @inline(always) public var count: Int { storage.count &- head }
  /// Whether none are unread.
  @inlinable @inline(always) public var isEmpty: Bool { storage.count == head }

  /// The unread bytes.
  @inlinable @inline(always)
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.span.extracting(droppingFirst: head) }
  }

  /// Appends what was read from the transport, in one copy.
  @inlinable @inline(always)
  public mutating func append(_ bytes: Span<UInt8>) {
    if storage.count &+ bytes.count > storage.capacity { makeRoom(bytes.count) }
    // A peer that sends an octet at a time costs a store an octet, not a call.
    if bytes.count == 1 { storage.append(bytes[0]) } else { storage.append(bytes) }
  }

  /// Makes room for more than the storage has, if that costs little: otherwise it grows.
  @usableFromInline
  mutating func makeRoom(_ count: Int) {
    // Moving the rest down is worth it only when it is the smaller half: that keeps the total work linear.
    if head > 0, head >= self.count {
      storage.removeFirst(head)
      head = 0
    }
    if storage.capacity == 0 { storage.reserveCapacity(Swift.max(count, expected)) }
  }

  /// Forgets the first `count` unread bytes.
  @inlinable @inline(always)
  public mutating func consume(_ count: Int) {
    head &+= count
    // A small storage is filled to its end before it is used again: emptying it after each octet would cost more.
    if head == storage.count, storage.capacity > Self.retainedCapacity { reset() }
  }

  /// Forgets everything.
  @inlinable
  public mutating func removeAll() {
    reset()
  }

  @usableFromInline
  mutating func reset() {
    head = 0
    guard storage.capacity > Self.retainedCapacity else { return storage.removeAll(keepingCapacity: true) }
    expected = Swift.min(storage.count &+ storage.count / 2, Self.expectedCapacity)
    storage = []
  }
}
