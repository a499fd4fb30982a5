@_spi(MailCodec) import MailWire
public import SMTPCodec

/// A report that came in, read from a whole message.
///
/// [RFC 3464](https://www.rfc-editor.org/rfc/rfc3464), [RFC 6522](https://www.rfc-editor.org/rfc/rfc6522),
/// [RFC 6533](https://www.rfc-editor.org/rfc/rfc6533), and what servers make of them. Reading is linear and never traps,
/// whatever the octets. Nothing in a report can be believed: anybody can write one.
public struct ReceivedReport: Hashable, Sendable {
  /// What it says became of the message.
  public let status: ReportStatus
  /// Where the part for people is, its own header left out, as octets of the message; nil when there is none.
  public let explanation: Range<Int>?
  /// What came back of the message; nil when nothing did.
  public let returned: ReturnedPart?
  /// Whether the message says what it is: `multipart/report` with the type `delivery-status`. Some servers leave that out.
  public let isLabelled: Bool

  /// A part that brings back the message or its header.
  public struct ReturnedPart: Hashable, Sendable {
    /// How much came back.
    public let content: ReturnContent
    /// Where it is, as octets of the report.
    public let range: Range<Int>
    /// Whether it is encoded in base64 or quoted-printable.
    public let isEncoded: Bool
  }

  /// Reads a report.
  ///
  /// - Parameter message: the whole message; lines may end with CRLF or LF.
  /// - Throws: ``NotAReport``.
  public init(_ message: Span<UInt8>) throws(NotAReport) {
    let top = MessagePart(message, 0..<message.count)
    guard let type = top.contentType, type.type.span.isSame(as: "multipart"), let boundary = type.boundary else {
      throw NotAReport.isQmail(message.extracting(top.body)) ? .qmail : .ordinaryMessage
    }
    let isReport = type.subtype.span.isSame(as: "report")
    if isReport, let reportType = type.reportType, !reportType.span.isSame(as: "delivery-status") {
      throw .otherReport
    }
    var status: ReportStatus?
    var explanation: Range<Int>?
    var returned: ReturnedPart?
    for range in top.parts(of: message, boundary: boundary) {
      let part = MessagePart(message, range)
      switch part.kind {
      case .status:
        if status == nil {
          status =
            part.encoding == .none
            ? ReportStatus(parsing: message.extracting(part.body))
            : ReportStatus(parsing: part.decoded(message).span)
        }
      case .returned(let content):
        if returned == nil {
          returned = ReturnedPart(content: content, range: part.body, isEncoded: part.encoding != .none)
        }
      case .other:
        if explanation == nil, status == nil { explanation = part.body }
      }
    }
    guard let status else { throw isReport ? .noStatus : .ordinaryMessage }
    guard !status.recipients.isEmpty else { throw .noStatus }
    self.status = status
    self.explanation = explanation
    self.returned = returned
    isLabelled = isReport && type.reportType != nil
  }
}

/// Why a message is no report that could be read.
@nonexhaustive
public enum NotAReport: Error, Hashable, Sendable {
  /// A message like any other.
  case ordinaryMessage
  /// A bounce of qmail, which is prose in a format of its own ("Hi. This is the qmail-send program…") and no report.
  case qmail
  /// A report of another type, such as a disposition notification.
  case otherReport
  /// A report without a `message/delivery-status` part, or with one that is about no recipient.
  case noStatus

  /// The format demands that the first paragraph begins so.
  static func isQmail(_ body: Span<UInt8>) -> Bool {
    var start = 0
    while start < body.count, body[start] == .carriageReturn || body[start] == .lineFeed { start += 1 }
    return body.count - start >= 15 && body.extracting(start..<(start + 15)).isSame(as: "Hi. This is the")
  }
}

extension MessagePart {
  fileprivate enum Kind {
    case status
    case returned(ReturnContent)
    case other
  }

  /// RFC 6533 §4.4: the three types for UTF-8 are equivalent to their elders.
  fileprivate var kind: Kind {
    guard let contentType else { return .other }
    if contentType.isType("message", "delivery-status") || contentType.isType("message", "global-delivery-status") {
      return .status
    }
    if contentType.isType("message", "rfc822") || contentType.isType("message", "global") { return .returned(.full) }
    let isHeader =
      contentType.isType("text", "rfc822-headers") || contentType.isType("message", "global-headers")
      || contentType.isType("text", "rfc822-header")
    return isHeader ? .returned(.headers) : .other
  }
}
