import MailWire

/// Something with a descriptor that the ``EventLoop`` watches: a listener, a connection, the signals.
class EventSource {
  let descriptor: Descriptor

  /// The place in the loop's table while it watches this source.
  var slot: Int?
  /// The loop's count of polls when this source last had something.
  var lastRound: UInt32 = 0
  /// The place in the loop's heap of deadlines.
  var heapIndex: Int?
  /// When ``deadlinePassed()`` is due. Set it through ``EventLoop/watch(_:reading:writing:deadline:)``.
  var deadline = Instant(nanoseconds: .max)

  init(descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// There is something to read, or room to write, or an end or an error, which a read will tell.
  func ready(reading: Bool, writing: Bool) {}

  /// The deadline has passed; it is cleared.
  func deadlinePassed() {}

  /// The process wants to end: finish what runs, begin nothing new.
  func shutDown() {}
}
