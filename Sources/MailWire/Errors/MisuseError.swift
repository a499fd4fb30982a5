/// What the caller of a machine did wrong; the machine is as it was before the call.
@nonexhaustive
public enum MisuseError: Error, Hashable, Sendable {
  /// The step is not legal in the machine's present state: `RCPT` before `MAIL`, an answer that nobody waits for.
  case outOfSequence
  /// Content outside a content transfer.
  case contentNotExpected
  /// The answer does not fit the question: a positive reply code to refuse with, or a negative one to accept with.
  case unfittingAnswer
  /// The peer does not offer the extension that the step needs.
  case notOffered
  /// The channel must be encrypted first.
  case encryptionRequired
  /// The unit would exceed a limit of the protocol or of the configuration.
  case tooLong
  /// More elements than the limit allows.
  case tooMany
  /// An argument that the protocol cannot express at this place, such as a message number of zero.
  case badArgument
  /// The connection is over, or will be after its last bytes have left.
  case closed
}
