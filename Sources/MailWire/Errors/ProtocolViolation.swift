/// What the peer did against the protocol, and what the machine did about it.
@frozen
public struct ProtocolViolation: Error, Hashable, Sendable {
  /// The peer's fault.
  @nonexhaustive
  public enum Fault: Hashable, Sendable {
    /// A unit that does not match the grammar.
    case syntax(SyntaxError)
    /// A line over the limit.
    case lineTooLong
    /// A multi-line unit over the limit.
    case responseTooLong
    /// A command that its state does not allow.
    case outOfSequence
    /// A command that the server does not know.
    case unknownCommand
    /// A response to no command.
    case unsolicitedResponse
    /// A response whose code the command cannot have.
    case unexpectedResponse
    /// Plaintext behind the request that starts TLS, whole lines or a part of one.
    case plaintextBeforeTLS
    /// TLS was required and is not offered, or was refused.
    case encryptionUnavailable
    /// A client that spoke before the greeting.
    case earlyTalker
    /// A client that pipelined without permission, or behind a command that must be the last of its group.
    case illegalPipelining
    /// The first command of another protocol, such as HTTP.
    case foreignProtocol
    /// Content with a bare CR, a bare LF or a NUL.
    case irregularContent(ContentIrregularities)
    /// Too many errors.
    case tooManyErrors
    /// Too many commands that lead nowhere, such as `NOOP`.
    case tooMuchJunk
    /// Too many failed authentications.
    case tooManyAuthenticationFailures
    /// More unread bytes than the limit, because the host read on although the machine asked it not to.
    case receiveOverflow
  }

  /// What the machine did about it.
  @frozen
  public enum Consequence: Hashable, Sendable {
    /// It took the input all the same.
    case tolerated
    /// It answered with an error and goes on.
    case refused
    /// It closes the connection.
    case closed
  }

  /// The peer's fault.
  public let fault: Fault
  /// What the machine did about it.
  public let consequence: Consequence

  /// A violation with its consequence.
  public init(_ fault: Fault, _ consequence: Consequence) {
    self.fault = fault
    self.consequence = consequence
  }
}
