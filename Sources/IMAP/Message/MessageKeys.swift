public import MailMessage
@_spi(MailCodec) import MailWire

/// What of a message's header `SORT` and `THREAD` compare. ARRIVAL and SIZE are the host's to know.
///
/// [RFC 5256 §2](https://www.rfc-editor.org/rfc/rfc5256#section-2), [RFC 5957 §3](https://www.rfc-editor.org/rfc/rfc5957#section-3).
/// Texts are UTF-8 that is not folded: the host's collation compares them.
public struct MessageKeys: Hashable, Sendable {
  /// DATE: when the message was sent; nil without a valid Date field, for which the internal date stands then.
  public let date: MessageDate?
  /// SUBJECT, and what ORDEREDSUBJECT and REFERENCES take for the subject.
  public let subject: BaseSubject
  /// FROM: the local part of the first From address; empty without one.
  public let from: [UInt8]
  /// TO: the local part of the first To address; empty without one.
  public let to: [UInt8]
  /// CC: the local part of the first Cc address; empty without one.
  public let cc: [UInt8]
  /// DISPLAYFROM: the name of the first From address, or the address when it has none; empty without one.
  public let displayFrom: [UInt8]
  /// DISPLAYTO: the name of the first To address, or the address when it has none; empty without one.
  public let displayTo: [UInt8]
  /// The message id without its brackets; nil without a valid one.
  public let messageID: [UInt8]?
  /// The ids of the messages above this one in its thread, oldest first: the References field, or the first id of In-Reply-To. At
  /// most the last 1,000.
  public let references: [[UInt8]]

  /// Reads the header of a message.
  ///
  /// - Parameter bytes: the octets that the message was made from.
  public init(_ message: Message, in bytes: Span<UInt8>, charsets: Charsets = .builtIn) {
    self.init(header: bytes.extracting(message.fieldsRange(of: 0)), charsets: charsets)
  }

  /// Reads a header.
  public init(header bytes: Span<UInt8>, charsets: Charsets = .builtIn) {
    let header = HeaderSummary(bytes, 0..<bytes.count)
    date = MessageDate(header.value(.date, in: bytes))
    subject = BaseSubject(header.value(.subject, in: bytes), charsets: charsets)
    (from, displayFrom) = Self.first(header.value(.from, in: bytes), charsets)
    (to, displayTo) = Self.first(header.value(.to, in: bytes), charsets)
    cc = Self.first(header.value(.cc, in: bytes), charsets).localPart
    messageID = MessageIDs.list(header.value(.messageID, in: bytes), limit: 1).first
    let references = MessageIDs.list(header.value(.references, in: bytes), limit: 1000)
    let replies = MessageIDs.list(header.value(.inReplyTo, in: bytes), limit: 1000)
    self.references = references.isEmpty ? [[UInt8]](replies.prefix(1)) : references
  }

  /// The local part and the name to show of a field's first address; a group's name stands for both.
  private static func first(_ value: Span<UInt8>, _ charsets: Charsets) -> (localPart: [UInt8], display: [UInt8]) {
    switch AddressList(value, limit: 1).entries.first {
    case nil: return ([], [])
    case .group(let name, _):
      return (name, EncodedWords.decoded(name.span, charsets: charsets))
    case .address(let address):
      if let name = address.name, !name.isEmpty {
        return (address.localPart, EncodedWords.decoded(name.span, charsets: charsets))
      }
      return (address.localPart, address.localPart + (address.domain.map { [64] + $0 } ?? []))
    }
  }
}
