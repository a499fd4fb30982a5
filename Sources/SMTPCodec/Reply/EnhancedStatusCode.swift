@_spi(MailCodec) import MailWire

/// A status code of three numbers, for programs rather than people.
///
/// [RFC 3463](https://www.rfc-editor.org/rfc/rfc3463), in replies by
/// [RFC 2034](https://www.rfc-editor.org/rfc/rfc2034).
///
///     S: 550 5.1.1 No such user
@frozen
public struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
  /// 2 for success, 4 for a transient failure, 5 for a permanent one.
  public let statusClass: UInt8
  /// What the status is about: 1 addresses, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy.
  public let subject: UInt16
  /// The detail within the subject.
  public let detail: UInt16

  /// The code of these numbers.
  ///
  /// - Precondition: the class is 2, 4 or 5, the others at most 999.
  public init(_ statusClass: UInt8, _ subject: UInt16, _ detail: UInt16) {
    precondition(statusClass == 2 || statusClass == 4 || statusClass == 5, "the class is 2, 4 or 5")
    precondition(subject <= 999 && detail <= 999, "subject and detail have at most three digits")
    self.statusClass = statusClass
    self.subject = subject
    self.detail = detail
  }

  /// The code at the front of a text's first line.
  init?(leading text: Span<UInt8>) {
    let end = text.firstIndex(of: .lineFeed) ?? text.count
    var cursor = ByteCursor(text.extracting(first: end))
    guard let status = EnhancedStatusCode.take(from: &cursor) else { return nil }
    self = status
  }

  /// Reads a code from the front of a reply's text; the cursor stops behind it and its space, or stays when there is none.
  @_lifetime(cursor: copy cursor)
  static func take(from cursor: inout ByteCursor) -> EnhancedStatusCode? {
    let bytes = cursor.bytes
    let start = cursor.offset
    guard bytes.count &- start >= 5, bytes[start &+ 1] == .dot else { return nil }
    let first = bytes[start] &- 48
    guard first == 2 || first == 4 || first == 5 else { return nil }
    cursor.offset = start &+ 2
    guard
      let subject = cursor.takeNumber(upTo: 999), cursor.skip(.dot),
      let detail = cursor.takeNumber(upTo: 999), cursor.isAtEnd || cursor.skip(.space)
    else {
      cursor.offset = start
      return nil
    }
    return EnhancedStatusCode(first, UInt16(truncatingIfNeeded: subject), UInt16(truncatingIfNeeded: detail))
  }

  func write(to output: inout OutboundBuffer) {
    output.append(48 + statusClass)
    output.append(.dot)
    output.append(decimal: UInt64(subject))
    output.append(.dot)
    output.append(decimal: UInt64(detail))
  }

  /// The numbers with dots between them.
  public var description: String { "\(statusClass).\(subject).\(detail)" }
}
