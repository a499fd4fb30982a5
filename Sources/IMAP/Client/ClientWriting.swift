import IMAPCodec
import MailWire

/// What is left to write of a command.
struct ClientWriting: Sendable {
  enum Phase: Hashable, Sendable {
    /// The text up to a literal is out, and the server has not said yet that it takes the literal.
    case waiting
    /// So many octets of the message are to come from the host.
    case content(UInt64)
    /// The server has refused the command: so many octets of anything complete the literal.
    case filler(UInt64)
  }

  let id: IMAPClient.CommandID
  /// The command's text, or what stands between two of its messages.
  var text: EncodedCommand
  /// How many pieces of the text are out.
  var pieces = 0
  var phase = Phase.waiting
  /// The message that the text announces at its end.
  var content: (size: UInt64, position: AppendContinuation.Position)?
  var isContentWanted = false
}

/// `IDLE` on its way.
struct ClientIdle: Sendable {
  enum Phase: Sendable {
    /// It waits to be sent, or for the server's consent.
    case requested
    /// The server tells news.
    case active
    /// `DONE` is out.
    case ending
  }

  var phase = Phase.requested
  /// Whether to say `DONE` as soon as that is legal.
  var isDoneWanted = false
  /// Whether another `IDLE` follows the end of this one.
  var renews = false
  /// Whether the deadline is set.
  var isTimed = false
}

/// `AUTHENTICATE` on its way.
struct ClientAuthentication: Sendable {
  let id: IMAPClient.CommandID
  /// What to answer to the next challenges.
  var answers: [Secret]
  /// Whether the host has nothing to say.
  let isAutomatic: Bool
  /// Whether the host has been asked.
  var isChallenged = false
}
