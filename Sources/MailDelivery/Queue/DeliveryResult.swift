/// What became of one recipient of a transaction.
public enum DeliveryResult: Hashable, Sendable {
  /// The host took the message over.
  case delivered
  /// A local delivery passed the message on to the members of a list or the targets of an alias.
  case expanded
  /// It did not.
  case problem(DeliveryProblem, at: DeliveryStage)
}
