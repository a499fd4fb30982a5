@_spi(MailCodec) import MailWire

/// What `STATUS` says of a mailbox.
///
/// [RFC 9051 §7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4). An attribute that was not asked for is nil.
///
///     S: * STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)
public struct MailboxStatus: Hashable, Sendable {
  /// The mailbox.
  public var name: MailboxName
  /// `MESSAGES`
  public var messages: UInt32?
  /// `UIDNEXT`
  public var uidNext: UInt32?
  /// `UIDVALIDITY`
  public var uidValidity: UInt32?
  /// `UNSEEN`: messages without `\Seen`.
  public var unseen: UInt32?
  /// `DELETED`: messages with `\Deleted`.
  public var deleted: UInt32?
  /// `SIZE`: octets of all messages, [RFC 8438](https://www.rfc-editor.org/rfc/rfc8438).
  public var size: UInt64?
  /// `RECENT`, IMAP4rev1 only.
  public var recent: UInt32?
  /// `HIGHESTMODSEQ`, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public var highestModSeq: UInt64?
  /// `MAILBOXID`, [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  public var mailboxID: ObjectID?
  /// `APPENDLIMIT`, [RFC 7889 §3.1](https://www.rfc-editor.org/rfc/rfc7889#section-3.1).
  public var appendLimit: AppendLimit?
  /// `DELETED-STORAGE`: octets that `EXPUNGE` would free, [RFC 9208 §5.3](https://www.rfc-editor.org/rfc/rfc9208#section-5.3).
  public var deletedStorage: UInt64?
  /// Attributes that have no property: each name with the text of its value.
  public internal(set) var others: [ListExtension] = []

  /// The status of a mailbox, with no attribute yet.
  public init(_ name: MailboxName) { self.name = name }

  func write(to writer: inout IMAPWriter) {
    writer.append("STATUS ")
    writer.writeAString(name.bytes.span)
    var separator: StaticString = " ("
    func append(_ attribute: StaticString, _ number: UInt64?) {
      guard let number else { return }
      writer.append(separator)
      separator = " "
      writer.append(attribute)
      writer.append(decimal: min(number, UInt64(Int64.max)))
    }
    append("MESSAGES ", messages.map { UInt64($0) })
    append("UIDNEXT ", uidNext.map { UInt64($0) })
    append("UIDVALIDITY ", uidValidity.map { UInt64($0) })
    append("UNSEEN ", unseen.map { UInt64($0) })
    append("DELETED ", deleted.map { UInt64($0) })
    append("SIZE ", size)
    append("RECENT ", recent.map { UInt64($0) })
    append("HIGHESTMODSEQ ", highestModSeq)
    if let mailboxID {
      writer.append(separator)
      separator = " "
      writer.append("MAILBOXID (")
      writer.append(mailboxID.bytes)
      writer.append(.closeParenthesis)
    }
    append("DELETED-STORAGE ", deletedStorage)
    switch appendLimit {
    case .octets(let limit): append("APPENDLIMIT ", UInt64(limit))
    case .unlimited:
      writer.append(separator)
      separator = " "
      writer.append("APPENDLIMIT NIL")
    case nil: break
    }
    for attribute in others {
      writer.append(separator)
      separator = " "
      writer.append(attribute.name)
      writer.append(.space)
      writer.append(attribute.text)
    }
    if separator.utf8CodeUnitCount == 2 { writer.append(separator) }
    writer.append(.closeParenthesis)
  }
}
