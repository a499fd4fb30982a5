/// Bytes that arrived and are not yet understood, consumed by index so that no line is moved to make room for the next.
@_spi(MailCodec) @frozen
public struct ReceiveBuffer: Sendable {
  @usableFromInline var storage: [UInt8] = []
  @usableFromInline var head = 0

  /// What an idle buffer may keep, so that ten thousand idle connections cost kilobytes and a busy one does not allocate.
  @inlinable static var retainedCapacity: Int { 128 }

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
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    // Moving the rest down is worth it only when it is the smaller half: that keeps the total work linear.
    if head > 0, storage.count &+ bytes.count > storage.capacity, head >= count {
      storage.removeFirst(head)
      head = 0
    }
    storage.append(bytes)
  }

  /// Forgets the first `count` unread bytes.
  @inlinable @inline(always)
  public mutating func consume(_ count: Int) {
    head &+= count
    if head == storage.count { reset() }
  }

  /// Forgets everything.
  @inlinable
  public mutating func removeAll() {
    reset()
  }

  @inlinable
  mutating func reset() {
    head = 0
    if storage.capacity > Self.retainedCapacity { storage = [] } else { storage.removeAll(keepingCapacity: true) }
  }
}
