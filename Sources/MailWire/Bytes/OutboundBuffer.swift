/// Bytes waiting to be written to the transport.
///
/// One array that is filled, lent out and emptied again: a reply costs no allocation once the array has grown to its size.
/// Measured on a loop that frames a 44-octet command, writes a 38-octet reply and hands it over (x86-64, `-O`): lent out with
/// `withOutbound` 67 ns and no allocation; exchanged for a reused array with `takeOutbound(into:)` 61 ns and none; copied
/// into an array of its own, as an output that carries its bytes must be, 91 ns and one; exchanged for a new array each
/// time 90 ns and two.
@_spi(MailCodec) @frozen
public struct OutboundBuffer: Sendable {
  @usableFromInline var storage: [UInt8] = []
  @usableFromInline var head = 0

  @inlinable static var retainedCapacity: Int { 128 }

  /// An empty buffer.
  @inlinable public init() {}

  /// The octets of storage that it holds, used or not.
  public var retainedBytes: Int { storage.capacity }

  /// The number of waiting bytes.
  @inlinable @inline(always) public var count: Int { storage.count &- head }
  /// Whether none wait.
  @inlinable @inline(always) public var isEmpty: Bool { storage.count == head }

  /// The waiting bytes.
  @inlinable @inline(always)
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { storage.span.extracting(droppingFirst: head) }
  }

  // MARK: Writing

  /// Appends one byte.
  @inlinable @inline(always)
  public mutating func append(_ byte: UInt8) { storage.append(byte) }

  /// Appends a borrowed run.
  @inlinable
  public mutating func append(_ run: Span<UInt8>) { storage.append(run) }

  /// Appends an array.
  @inlinable
  public mutating func append(_ run: [UInt8]) { storage.append(contentsOf: run) }

  /// Appends the ASCII text of a literal in the source.
  @inlinable
  public mutating func append(_ text: StaticString) {
    unsafe storage.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number in decimal, without a `String`.
  @inlinable
  public mutating func append(decimal value: UInt64) {
    if value < 10 { return storage.append(48 &+ UInt8(truncatingIfNeeded: value)) }
    var divisor: UInt64 = 10
    while value / divisor >= 10 { divisor &*= 10 }
    while divisor > 0 {
      storage.append(48 &+ UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends CRLF.
  @inlinable
  public mutating func appendLineEnd() {
    storage.append(13)
    storage.append(10)
  }

  // MARK: Taking

  /// Forgets the first `count` bytes, which were written.
  @inlinable
  public mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "more bytes were reported as written than were waiting")
    head &+= count
    if head == storage.count { removeAll() }
  }

  /// Forgets everything.
  @inlinable
  public mutating func removeAll() {
    head = 0
    if storage.capacity > Self.retainedCapacity { storage = [] } else { storage.removeAll(keepingCapacity: true) }
  }

  /// Gives up the bytes and takes over the storage of `other`, emptied.
  @inlinable
  public mutating func exchange(with other: inout [UInt8]) {
    if head > 0 { storage.removeFirst(head) }
    head = 0
    other.removeAll(keepingCapacity: true)
    swap(&storage, &other)
  }
}
