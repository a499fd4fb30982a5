@_spi(MailCodec) public import MailWire

/// Something that happens to messages, mailboxes or the server, of which `NOTIFY` tells.
///
/// [RFC 5465 §5](https://www.rfc-editor.org/rfc/rfc5465#section-5): `event`.
///
///     C: A1 NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))
public enum NotifyEvent: Hashable, Sendable {
  /// `MessageNew`: a message has come; in the selected mailbox, these items of it are told.
  case messageNew(FetchItems?)
  /// `MessageExpunge`: messages are gone.
  case messageExpunge
  /// `FlagChange`: flags have changed.
  case flagChange
  /// `AnnotationChange`: annotations of a message have changed.
  case annotationChange
  /// `MailboxName`: a mailbox was created, deleted or renamed.
  case mailboxName
  /// `SubscriptionChange`: a subscription has changed.
  case subscriptionChange
  /// `MailboxMetadataChange`: annotations of a mailbox have changed.
  case mailboxMetadataChange
  /// `ServerMetadataChange`: annotations of the server have changed.
  case serverMetadataChange
  /// An event that is not in this list.
  case unknown(UnknownEvent)

  /// The name of an event that is not in the list.
  public struct UnknownEvent: Hashable, Sendable {
    /// The name.
    public let name: IMAPAtom

    /// Checks a name.
    ///
    /// - Throws: ``SyntaxError`` with the code `badToken` for the name of a known event.
    public init(_ name: IMAPAtom) throws(SyntaxError) {
      guard NotifyEvent.known(name) == nil, name.word != IMAPWord("messagenew") else {
        throw SyntaxError(.badToken, at: 0)
      }
      self.name = name
    }
  }

  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> NotifyEvent {
    let start = cursor.offset
    let name = try IMAPAtom.parse(&cursor)
    if let event = known(name) { return event }
    guard name.word == IMAPWord("messagenew") else {
      do throws(SyntaxError) { return .unknown(try UnknownEvent(name)) } catch {
        throw SyntaxError(error.code, at: start)
      }
    }
    return .messageNew(cursor.skipSpaceBeforeList() ? try FetchItems.parse(&cursor, &context) : nil)
  }

  fileprivate static func known(_ name: IMAPAtom) -> NotifyEvent? {
    for (event, text) in names where name == IMAPAtom(keyword: text) { return event }
    return nil
  }

  private static let names: [(NotifyEvent, StaticString)] = [
    (.messageExpunge, "MessageExpunge"), (.flagChange, "FlagChange"), (.annotationChange, "AnnotationChange"),
    (.mailboxName, "MailboxName"), (.subscriptionChange, "SubscriptionChange"),
    (.mailboxMetadataChange, "MailboxMetadataChange"), (.serverMetadataChange, "ServerMetadataChange")
  ]

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .messageNew(let items):
      writer.append("MessageNew")
      guard let items else { return }
      writer.append(.space)
      items.write(to: &writer)
    case .messageExpunge: writer.append("MessageExpunge")
    case .flagChange: writer.append("FlagChange")
    case .annotationChange: writer.append("AnnotationChange")
    case .mailboxName: writer.append("MailboxName")
    case .subscriptionChange: writer.append("SubscriptionChange")
    case .mailboxMetadataChange: writer.append("MailboxMetadataChange")
    case .serverMetadataChange: writer.append("ServerMetadataChange")
    case .unknown(let event): writer.append(event.name.bytes)
    }
  }
}
