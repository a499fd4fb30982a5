/// Why a stored record was refused.
@nonexhaustive
public enum RecordError: Error, Hashable, Sendable {
  /// The octets are not what was written: cut off, changed, or no record at all.
  case corrupt
  /// A later version of this library wrote it.
  case unknownVersion
  /// A change of a message whose whole record has not been seen, or a second whole record of another queue.
  case unknownMessage
  /// The queue is at work already.
  case late
}
