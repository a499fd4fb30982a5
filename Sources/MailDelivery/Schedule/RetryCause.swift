/// What kind of trouble an attempt met, as far as the time of the next one depends on it.
@frozen
public enum RetryCause: UInt8, CaseIterable, Hashable, Sendable {
  /// No way to the hosts is known: the DNS did not answer.
  case routing = 1
  /// A host did not answer, broke off or refused service.
  case host = 2
  /// A host refused the message or its sender for now.
  case message = 3
  /// A host refused a recipient for now.
  case recipient = 4
  /// A host wants to see whether the message comes back later.
  case greylisting = 5
  /// A host refused our credentials or our TLS: somebody has to change something.
  case policy = 6
}
