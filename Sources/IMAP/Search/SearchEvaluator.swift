public import IMAPCodec
public import MailMessage
@_spi(MailCodec) import MailWire

/// Answers `SEARCH` for a host that brings no more than its messages.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4); also WITHIN ([RFC 5032](https://www.rfc-editor.org/rfc/rfc5032)),
/// `MODSEQ`, `EMAILID`, `SAVEDON` and `FUZZY`, whose keys hold exactly here. Strings are compared without regard to case, with
/// encoded words, transfer encodings and charsets undone. Cheap conditions are decided first, so that a message's header or text
/// is asked for only when all depends on it. The time is linear in the octets that are looked at, for each key.
///
/// ```swift
/// let search = try SearchEvaluator(program, in: view, now: secondsSince1970)
/// var found: [UInt32] = []
/// for var message in messages where search.matches(&message) { found.append(message.uid) }
/// ```
public struct SearchEvaluator: Sendable {
  private let condition: SearchCondition
  private let charsets: Charsets

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - view: what the client knows of the mailbox, for sets of numbers and `$`.
  ///   - now: seconds since 1970, for `OLDER` and `YOUNGER`.
  /// - Throws: ``SearchError``
  public init(
    _ program: SearchProgram, in view: MailboxView, now: Int64, charsets: Charsets = .builtIn
  ) throws(SearchError) {
    let charset = program.charset?.bytes
    var conditions: [SearchCondition] = []
    for key in program.keys {
      conditions.append(
        try SearchCondition(key, in: view, now: now) { text throws(SearchError) in
          guard let charset, !StaticName("UTF-8").matches(charset) else { return text.bytes }
          guard let converted = charsets.utf8(text.bytes.span, charset: charset.span) else { throw .badCharset }
          return converted
        })
    }
    if let charset, charsets.utf8([0x41].span, charset: charset.span) == nil { throw .badCharset }
    condition = .allInOrder(conditions)
    self.charsets = charsets
  }

  /// Whether the search reads headers or texts, which takes a while for many messages.
  public var readsMessages: Bool { condition.cost > 1 }

  /// Whether a `MODSEQ` key is among the conditions: then the result tells the highest mod-sequence of what is found.
  public var asksModSequence: Bool { condition.asksModSequence }

  /// Whether the message fits; one that turns out to be gone never does.
  public func matches<Message: SearchableMessage>(_ message: inout Message) -> Bool {
    var attempt = SearchAttempt(message: message, charsets: charsets)
    let holds = attempt.holds(condition)
    message = attempt.message
    return holds && !attempt.isGone
  }
}
