public import IMAPCodec

/// What one session's client has been told of the selected mailbox, and what it is still owed.
///
/// The mailbox lives elsewhere and changes at any time; a client's sequence numbers must not change under its commands. So
/// news go in by UID at any time, and come out as ``MailboxChange`` when the protocol allows:
/// [RFC 9051 §7.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.1) forbids `EXPUNGE` while `FETCH`, `STORE`, `SEARCH`,
/// `SORT` or `THREAD` by sequence numbers is answered, and while no command is in progress.
///
///     var view = MailboxView(uids: try NumberRanges(1...3))
///     view.expunge(try NumberRanges(2...2))
///     view.takeChanges(.withoutExpunge)                  // []
///     view.sequenceNumber(of: 3)                         // 3, still
///     view.takeChanges(.all)                             // [.expunge(2)]
///     view.sequenceNumber(of: 3)                         // 2
///
/// Rules where news meet each other:
/// - a message that is expunged before it was announced was never there: the client hears nothing of it;
/// - a flag change of a message that is not yet announced is dropped: the client will ask for the flags of what is new;
/// - a flag change of a message whose expunge is owed is dropped, whichever comes first;
/// - several flag changes of one message become one, the last.
///
/// It is a value: no clock, no lock, no reference to the mailbox. Its memory follows the runs of consecutive UIDs, and
/// ``Limits/flagChanges`` for the rest.
public struct MailboxView: Sendable {
  /// What is remembered at most.
  public struct Limits: Hashable, Sendable {
    /// Flag changes with their flags, 1,000 by default. Beyond that only the UIDs are kept, as ``MailboxChange/flagsForgotten(_:)``.
    public var flagChanges: Int
    /// Ranges of UIDs whose flags were forgotten, 1,000 by default. Beyond that they become one range from the lowest to the
    /// highest: telling flags that have not changed does no harm.
    public var forgottenRanges: Int

    /// Limits.
    public init(flagChanges: Int = 1_000, forgottenRanges: Int = 1_000) {
      self.flagChanges = flagChanges
      self.forgottenRanges = forgottenRanges
    }
  }

  /// What a session has switched on that changes the form of the news.
  public struct Options: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `VANISHED` instead of `EXPUNGE`, [RFC 7162 §3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10).
    public static var qresync: Options { Options(rawValue: 1) }
    /// No sequence numbers at all, [RFC 9586](https://www.rfc-editor.org/rfc/rfc9586).
    public static var uidOnly: Options { Options(rawValue: 2) }
  }

  /// What the session has switched on; a command may switch it on while the mailbox is selected.
  public var options: Options
  /// What is remembered at most.
  public let limits: Limits

  /// What the client has been told.
  var told: SequenceMap
  /// What the mailbox holds according to the news.
  var current: SequenceMap
  /// The highest UID that has been announced, expunged ones among them.
  var highestTold: UInt32
  /// Announced messages that are gone, each once, in the order of the news.
  var gone: [ClosedRange<UInt32>] = []
  var goneCount: UInt32 = 0
  /// The last flags of announced messages that have changed.
  var flags: [UInt32: FlagChange] = [:]
  /// UIDs whose flags have changed and are not in `flags`; perhaps not in order.
  var forgotten: [ClosedRange<UInt32>] = []
  /// The result of the last `SEARCH RETURN (SAVE)`.
  var saved = NumberRanges()

  /// The UID that the next message will have at least; the host's or one above the highest.
  public internal(set) var uidNext: UInt32
  /// The highest mod-sequence that any news had; zero where the mailbox keeps none.
  public internal(set) var highestModSequence: UInt64
  /// The lowest mod-sequence among the expunges, the announcements and the flag changes that are owed.
  var oldestGone = UInt64.max
  var oldestNew = UInt64.max
  var oldestFlags = UInt64.max

  struct FlagChange: Sendable {
    var flags: FlagSet
    var modSequence: UInt64
  }

  /// The view at `SELECT`: the client is told of all these messages.
  ///
  /// - Parameters:
  ///   - uids: the messages; an open end adds none.
  ///   - uidNext: zero for one above the highest.
  public init(
    uids: NumberRanges, uidNext: UInt32 = 0, highestModSequence: UInt64 = 0, options: Options = [],
    limits: Limits = Limits()
  ) {
    self.options = options
    self.limits = limits
    told = SequenceMap(uids)
    current = told
    highestTold = told.highestUID
    let above = told.highestUID == .max ? .max : told.highestUID + 1
    self.uidNext = max(uidNext, above)
    self.highestModSequence = highestModSequence
  }

  /// How many messages the client knows of; what an expunge has taken counts until the client is told.
  public var count: UInt32 { told.count }

  /// The UIDs of the messages that the client knows of.
  public var uids: NumberRanges { told.uids }

  /// The UIDs that are in the mailbox according to the news.
  public var currentUIDs: NumberRanges { current.uids }

  /// Whether changes are owed.
  public var hasChanges: Bool { goneCount > 0 || newCount > 0 || !flags.isEmpty || !forgotten.isEmpty }

  /// Whether expunges are owed, so that a sequence number may mean a message that is gone;
  /// `NO [EXPUNGEISSUED]`, [RFC 9051 §7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1), is for commands that meet one.
  public var owesExpunges: Bool { goneCount > 0 }

  /// How many messages are to be announced.
  var newCount: UInt32 { current.count - (told.count - goneCount) }

  /// The mod-sequence up to which the client has been told everything: what `[HIGHESTMODSEQ …]` may say.
  ///
  /// A client that reconnects asks for what came later, so that a higher value would lose it the changes that are still owed,
  /// [RFC 7162 §3.2.11](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.11).
  public var toldModSequence: UInt64 {
    let oldest = min(oldestGone, min(oldestNew, oldestFlags))
    return oldest == .max ? highestModSequence : min(highestModSequence, oldest - 1)
  }
}
