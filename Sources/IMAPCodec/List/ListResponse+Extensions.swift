@_spi(MailCodec) import MailWire

extension ListResponse {
  /// `OLDNAME`: the name before the mailbox was renamed, or by which the client has asked for it; nil without one.
  ///
  /// [RFC 9051 §6.3.9.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.7),
  /// [RFC 5465 §5.4](https://www.rfc-editor.org/rfc/rfc5465#section-5.4)
  ///
  ///     S: * LIST () "/" "NewName" ("OLDNAME" ("OldName"))
  public var oldName: MailboxName? {
    guard case .list(let values, _)? = value("oldname"), values.count == 1 else { return nil }
    guard let bytes = values[0].octets else { return nil }
    return try? MailboxName(bytes.span)
  }

  /// `CHILDINFO`: which selection options there is a match for among the mailboxes below, such as `SUBSCRIBED`; empty without
  /// the item.
  ///
  /// [RFC 9051 §6.3.9.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.6),
  /// [RFC 5258 §3.5](https://www.rfc-editor.org/rfc/rfc5258#section-3.5)
  ///
  ///     S: * LIST (\NoSelect) "/" "Foo" (CHILDINFO ("SUBSCRIBED"))
  public var childInformation: [[UInt8]] {
    guard case .list(let values, _)? = value("childinfo") else { return [] }
    return values.compactMap { $0.octets }
  }

  private func value(_ name: StaticString) -> IMAPValue? {
    for item in extensions {
      let bytes = item.name
      if IMAPWord(bytes.span) == IMAPWord(name) { return try? item.value() }
    }
    return nil
  }
}

extension ListExtension {
  /// `OLDNAME`: the name before the mailbox was renamed.
  ///
  /// [RFC 9051 §6.3.9.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.7)
  public static func oldName(_ name: MailboxName) -> ListExtension {
    ListExtension(
      name: [UInt8]("OLDNAME".utf8),
      text: IMAPWriter.bytes { $0.writeList([name]) { name, writer in writer.writeAString(name.bytes.span) } })
  }

  /// `CHILDINFO`: the selection options that a mailbox below matches, such as `SUBSCRIBED`.
  ///
  /// [RFC 9051 §6.3.9.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.6)
  public static func childInformation(_ options: [IMAPAtom]) -> ListExtension {
    ListExtension(
      name: [UInt8]("CHILDINFO".utf8),
      text: IMAPWriter.bytes { $0.writeList(options) { option, writer in writer.writeString(option.bytes.span) } })
  }
}

extension IMAPValue {
  /// The octets of a word or a string.
  var octets: [UInt8]? {
    switch self {
    case .token(let token): token.bytes
    case .string(let string): string.bytes
    case .binary(let bytes): bytes
    case .list: nil
    }
  }
}
