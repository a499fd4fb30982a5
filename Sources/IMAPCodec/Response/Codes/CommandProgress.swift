@_spi(MailCodec) import MailWire

/// How far a long command has come.
///
/// [RFC 9585 §4](https://www.rfc-editor.org/rfc/rfc9585#section-4).
///
///     S: * OK [INPROGRESS ("A001" 454 1000)] Still working
public struct CommandProgress: Hashable, Sendable {
  /// The tag of the command, when the server tells it.
  public let tag: IMAPTag?
  /// How many steps are done.
  public let done: UInt32?
  /// How many steps there are; known only together with ``done``, and more than it.
  public let goal: UInt32?

  /// A progress. A goal without steps that are done, or that is not beyond them, is dropped.
  public init(tag: IMAPTag?, done: UInt32? = nil, goal: UInt32? = nil) {
    self.tag = tag
    self.done = done
    if let done, let goal, goal > done { self.goal = goal } else { self.goal = nil }
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    if let tag {
      let bytes = tag.bytes
      writer.writeString(bytes.span)
    } else {
      writer.append("NIL")
    }
    for number in [done, goal] {
      writer.append(.space)
      if let number { writer.append(decimal: UInt64(number)) } else { writer.append("NIL") }
    }
    writer.append(.closeParenthesis)
  }
}
