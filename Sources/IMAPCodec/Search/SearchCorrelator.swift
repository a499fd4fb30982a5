@_spi(MailCodec) import MailWire

/// Which command, and which mailbox, a result belongs to.
///
/// [RFC 4466 §2.6.2](https://www.rfc-editor.org/rfc/rfc4466#section-2.6.2);
/// [RFC 7377 §2.1](https://www.rfc-editor.org/rfc/rfc7377#section-2.1) for the mailbox.
///
///     S: * ESEARCH (TAG "tag1" MAILBOX "folder1" UIDVALIDITY 1) UID ALL 4001,4003
public struct SearchCorrelator: Hashable, Sendable {
  /// `TAG`: that of the command.
  public var tag: IMAPTag
  /// `MAILBOX`: the mailbox, when the search was in several.
  public var mailbox: MailboxName?
  /// `UIDVALIDITY`: that of the mailbox; zero is left out.
  public var uidValidity: UInt32?

  /// A correlator.
  public init(_ tag: IMAPTag, mailbox: MailboxName? = nil, uidValidity: UInt32? = nil) {
    self.tag = tag
    self.mailbox = mailbox
    self.uidValidity = uidValidity == 0 ? nil : uidValidity
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("(TAG ")
    let bytes = tag.bytes
    writer.writeString(bytes.span)
    if let mailbox {
      writer.append(" MAILBOX ")
      writer.writeAString(mailbox.bytes.span)
    }
    if let uidValidity, uidValidity > 0 {
      writer.append(" UIDVALIDITY ")
      writer.append(decimal: UInt64(uidValidity))
    }
    writer.append(.closeParenthesis)
  }
}

extension LayoutBuilder {
  /// `"(" one-correlator *(SP one-correlator) ")"`; `TAG` must be among them, and each may be there once.
  @_lifetime(cursor: copy cursor)
  mutating func correlator(_ cursor: inout ByteCursor) throws(SyntaxError) -> SearchCorrelator {
    let start = cursor.offset
    var tag: IMAPTag?
    var mailbox: MailboxName?
    var uidValidity: UInt32?
    try cursor.expect(.openParenthesis)
    repeat {
      let wordStart = cursor.offset
      let word = cursor.takeKeyword()
      guard word.count > 0 else { throw cursor.unexpected }
      try space(&cursor)
      switch word {
      case IMAPWord("tag") where tag == nil:
        let valueStart = cursor.offset
        let text = try astringValue(&cursor)
        do throws(SyntaxError) {
          tag = try IMAPTag(text.bytes.span)
        } catch { throw SyntaxError(error.code, at: valueStart) }
      case IMAPWord("mailbox") where mailbox == nil: mailbox = try mailboxValue(&cursor)
      case IMAPWord("uidvalidity") where uidValidity == nil: uidValidity = try nonZero(&cursor)
      default: throw SyntaxError(.badToken, at: wordStart)
      }
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    guard let tag else { throw SyntaxError(.badParameter, at: start) }
    return SearchCorrelator(tag, mailbox: mailbox, uidValidity: uidValidity)
  }

  /// `nz-number`, or zero with the quirk.
  @_lifetime(cursor: copy cursor)
  mutating func nonZero(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    let start = cursor.offset
    let number = try cursor.takeNumber32()
    guard number > 0 || context.accepts(.zeroIdentifier) else { throw SyntaxError(.badNumber, at: start) }
    return number
  }
}
