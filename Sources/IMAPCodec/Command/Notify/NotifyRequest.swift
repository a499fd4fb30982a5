@_spi(MailCodec) import MailWire

/// Of what `NOTIFY` shall tell.
///
/// [RFC 5465 §3.1](https://www.rfc-editor.org/rfc/rfc5465#section-3.1): `notify`.
///
///     C: A1 NOTIFY SET STATUS (selected (MessageNew MessageExpunge)) (personal (MessageNew))
///     C: A2 NOTIFY NONE
public enum NotifyRequest: Hashable, Sendable {
  /// `NONE`: of nothing, not even what servers tell by themselves.
  case none
  /// `SET`: of these events; `isStatusWanted` asks for a `STATUS` of each mailbox first.
  case set(isStatusWanted: Bool, OneOrMore<Group>)

  /// Mailboxes, and the events of which to tell for them.
  public struct Group: Hashable, Sendable {
    /// The mailboxes.
    public let filter: MailboxFilter
    /// The events; none is written as `NONE`.
    public let events: [NotifyEvent]

    /// A group.
    public init(_ filter: MailboxFilter, _ events: [NotifyEvent]) {
      self.filter = filter
      self.events = events
    }

    /// Parses `"(" filter-mailboxes SP events ")"`.
    @_lifetime(cursor: copy cursor)
    static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Group {
      try cursor.expect(.openParenthesis)
      let filter = try MailboxFilter.parse(&cursor, &context)
      try cursor.requireSpace(&context)
      var events: [NotifyEvent] = []
      if cursor.skip(.openParenthesis) {
        repeat {
          guard events.count < context.limits.elements else { throw cursor.error(.tooMany) }
          events.append(try NotifyEvent.parse(&cursor, &context))
        } while cursor.skip(.space)
        try cursor.expect(.closeParenthesis)
      } else if !cursor.skipKeyword("none") {
        throw cursor.isAtEnd ? cursor.unexpected : cursor.error(.badToken)
      }
      try cursor.expect(.closeParenthesis)
      return Group(filter, events)
    }

    func write(to writer: inout IMAPWriter) {
      writer.append(.openParenthesis)
      filter.write(to: &writer)
      writer.append(.space)
      if events.isEmpty {
        writer.append("NONE")
      } else {
        writer.writeList(events) { event, writer in event.write(to: &writer) }
      }
      writer.append(.closeParenthesis)
    }
  }

  /// Parses what stands behind `NOTIFY`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> NotifyRequest {
    try cursor.requireSpace(&context)
    if cursor.skipKeyword("none") { return .none }
    guard cursor.skipKeyword("set") else { throw cursor.isAtEnd ? cursor.unexpected : cursor.error(.badToken) }
    try cursor.requireSpace(&context)
    let isStatusWanted = cursor.skipKeyword("status")
    if isStatusWanted { try cursor.requireSpace(&context) }
    var groups: [Group] = []
    repeat {
      guard groups.count < context.limits.elements else { throw cursor.error(.tooMany) }
      groups.append(try Group.parse(&cursor, &context))
    } while cursor.skipSpaceBeforeList()
    return .set(isStatusWanted: isStatusWanted, OneOrMore(unchecked: groups))
  }

  func write(to writer: inout IMAPWriter) {
    guard case .set(let isStatusWanted, let groups) = self else { return writer.append(" NONE") }
    writer.append(isStatusWanted ? " SET STATUS" : " SET")
    for group in groups.elements {
      writer.append(.space)
      group.write(to: &writer)
    }
  }
}
