/// What a literal is in its command.
@frozen
public enum LiteralPurpose: Hashable, Sendable {
  /// An argument, which is kept with the command.
  case argument
  /// The octets of a message or of a part of one, which are streamed.
  case content(AppendContinuation.Position)
}
