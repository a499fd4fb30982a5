/// What has become of a recipient. All states but the first are final.
@frozen
public enum RecipientState: UInt8, CaseIterable, Hashable, Sendable {
  /// The queue is at it: now, or later.
  case scheduled = 0
  /// Delivered to the mailbox, or taken over by a server that reports what becomes of it.
  case delivered = 1
  /// Taken over by a server that does not report what becomes of it.
  case relayed = 2
  /// Delivered to the members of a list or the targets of an alias.
  case expanded = 3
  /// Refused for good.
  case failed = 4
  /// Given up after the schedule's expiry.
  case expired = 5
  /// Taken out of the queue by the host.
  case cancelled = 6

  /// Whether nothing more happens.
  public var isFinal: Bool { self != .scheduled }
}
