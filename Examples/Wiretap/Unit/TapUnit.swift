import MailWire

/// A unit of a conversation: where it is, and what was made of it.
struct TapUnit: Sendable {
  /// Why a unit was not accepted.
  struct Fault: Equatable, Sendable {
    let code: String
    /// From the unit's first octet.
    let offset: UInt64

    init(_ code: String, at offset: UInt64) {
      self.code = code
      self.offset = offset
    }

    init(_ code: SyntaxError.Code, at offset: Int) { self.init("\(code)", at: UInt64(offset)) }

    init(_ error: SyntaxError) { self.init(error.code, at: error.offset) }
  }

  /// Another unit, on the other side.
  struct Partner: Equatable, Sendable {
    let kind: String
    let offset: UInt64
    /// What it says, in a word or two.
    let summary: String
  }

  /// What a reply means for the command that it answers.
  enum Outcome: Sendable {
    case positive
    /// The client goes on with what belongs to the command.
    case intermediate
    case negative
    case unknown
  }

  /// The kind of a last unit whose end is missing.
  static let incomplete = "incomplete"

  let offset: UInt64
  let length: UInt64
  var kind: String
  var quirks: [String] = []
  var fault: Fault?
  /// What it was understood as; nil for a unit that was refused.
  var value: (any TapValue)?
  /// What may be shown of a unit that was refused, and what else there is to say.
  var remarks: [Detail] = []
  /// What a reply means; nil for what is no reply, or a further part of one.
  var outcome: Outcome?
  /// The tag of a command of IMAP, or of its completion.
  var tag: [UInt8] = []
  /// What to say of it beside its partner; the kind unless there is more.
  var summary: String?
  /// The command that this reply answers.
  var answers: Partner?
  /// What this command was answered with.
  var answered: [Partner] = []

  init(_ kind: String, at offset: UInt64, length: UInt64) {
    self.kind = kind
    self.offset = offset
    self.length = length
  }

  var isAccepted: Bool { fault == nil }

  var asPartner: Partner { Partner(kind: kind, offset: offset, summary: summary ?? kind) }

  /// The unit that the end of input cut off.
  static func incomplete(_ what: String, at offset: UInt64, length: UInt64) -> TapUnit {
    var unit = TapUnit(incomplete, at: offset, length: length)
    unit.fault = Fault("incomplete", at: length)
    unit.remarks = [Detail("begins", what)]
    return unit
  }
}
