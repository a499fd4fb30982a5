@_spi(MailCodec) public import MailWire

/// What somebody may do with a mailbox: a set of lower-case letters and digits.
///
/// [RFC 4314 §2.1](https://www.rfc-editor.org/rfc/rfc4314#section-2.1). Any letter or digit can be a right; those of the
/// standard have names here.
///
///     S: * MYRIGHTS INBOX lrswit
public struct AccessRights: OptionSet, Hashable, Sendable {
  /// The bits: `a` to `z` from the lowest on, then `0` to `9`.
  public let rawValue: UInt64

  /// A set from its bits; those that stand for nothing are dropped.
  public init(rawValue: UInt64) { self.rawValue = rawValue & ((1 << 36) - 1) }

  /// The right of one letter or digit.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for anything else, capital letters too.
  public init(_ letter: UInt8) throws(SyntaxError) {
    switch letter {
    case 97...122: self.init(rawValue: 1 << UInt64(letter - 97))
    case 48...57: self.init(rawValue: 1 << UInt64(letter - 48 + 26))
    default: throw SyntaxError(.unexpectedByte, at: 0)
    }
  }

  /// The rights of a text.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` at the first octet that is no lower-case letter or digit.
  public init(_ text: Span<UInt8>) throws(SyntaxError) {
    self.init(rawValue: 0)
    for index in text.indices {
      do throws(SyntaxError) {
        formUnion(try AccessRights(text[index]))
      } catch { throw SyntaxError(error.code, at: index) }
    }
  }

  /// `l`: the mailbox is seen by `LIST`.
  public static let lookup = AccessRights(rawValue: 1 << 11)
  /// `r`: it can be opened and read.
  public static let read = AccessRights(rawValue: 1 << 17)
  /// `s`: the flag `\Seen` is kept.
  public static let keepSeen = AccessRights(rawValue: 1 << 18)
  /// `w`: flags and keywords besides `\Seen` and `\Deleted` can be changed.
  public static let write = AccessRights(rawValue: 1 << 22)
  /// `i`: messages can be appended or copied into it.
  public static let insert = AccessRights(rawValue: 1 << 8)
  /// `p`: mail can be sent to its submission address.
  public static let post = AccessRights(rawValue: 1 << 15)
  /// `k`: mailboxes can be created below it.
  public static let createMailboxes = AccessRights(rawValue: 1 << 10)
  /// `x`: it can be deleted.
  public static let deleteMailbox = AccessRights(rawValue: 1 << 23)
  /// `t`: messages can be marked as deleted.
  public static let deleteMessages = AccessRights(rawValue: 1 << 19)
  /// `e`: messages can be expunged.
  public static let expunge = AccessRights(rawValue: 1 << 4)
  /// `a`: the access control list can be changed.
  public static let administer = AccessRights(rawValue: 1)

  /// `rights`: an `astring`, empty for none.
  func write(to writer: inout IMAPWriter) {
    guard rawValue != 0 else { return writer.append("\"\"") }
    for bit in 0..<UInt64(36) where rawValue >> bit & 1 == 1 {
      writer.append(UInt8(truncatingIfNeeded: bit < 26 ? 97 + bit : 48 + bit - 26))
    }
  }
}
