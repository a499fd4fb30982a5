import IMAPCodec
import MailWire

/// What the host wants, and what has come of it so far.
struct MailReaderTask: Sendable {
  enum Kind: Sendable {
    case folders(MailboxPattern)
    case open(MailboxName, isReadOnly: Bool)
    case messages(before: UInt32?, count: UInt32)
    case description(UInt32)
    case part(UInt32, SectionSpecifier)
    case search([SearchKey])
    case flags(UIDSet, StoreRequest)
    case move(UIDSet, MailboxName)
    case append(MailboxName, AppendMessage)
    case other(IMAPCommand)
    case logout
  }

  /// What is asked now.
  enum Step: Sendable {
    case first
    /// `STATUS` of the folder at this index.
    case status(Int)
    /// The part with its transfer encoding, which the server cannot undo.
    case undecoded
    /// The messages are copied; now they are marked.
    case mark
    /// They are marked; now they are removed.
    case expunge
  }

  let id: MailReader.TaskID
  let kind: Kind
  var step = Step.first
  /// The command in flight.
  var command: IMAPClient.CommandID?
  var folders: [MailFolder] = []
  /// Where each folder stands among them.
  var places: [MailboxName: Int] = [:]
  var rows: [MessageSummary] = []
  var envelope: MessageEnvelope?
  var structure: BodyStructure?
  var found = NumberRanges()
  var copies: ResponseCode?
  var hasContent = false
}
