@_spi(MailCodec) import MailWire

/// A status: a condition, perhaps a code for programs, and a text for people.
///
/// [RFC 9051 §7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1). The text never decides anything; it is whatever octets
/// the server sent, CR, LF and NUL aside.
///
///     S: A2 NO [TRYCREATE] No such mailbox
public struct StatusResponse: Hashable, Sendable {
  /// The condition.
  public let condition: StatusCondition
  /// The code in brackets.
  public let code: ResponseCode?
  /// The text.
  public let text: [UInt8]

  /// A status from octets; a control character becomes a question mark, so that no text can begin a response of its own.
  /// An empty text becomes a hyphen, because the grammar demands a text.
  public init(_ condition: StatusCondition, _ code: ResponseCode? = nil, bytes: [UInt8]) {
    self.condition = condition
    self.code = code
    var text = bytes
    for index in text.indices where text[index].isASCIIControl { text[index] = 63 }
    // A bracket at the front would be read as a code.
    if code == nil, text.first == .openBracket { text.insert(.space, at: 0) }
    self.text = text.isEmpty ? [.hyphen] : text
  }

  /// A status from text, treated as octets are.
  public init(_ condition: StatusCondition, _ code: ResponseCode? = nil, _ text: String) {
    self.init(condition, code, bytes: [UInt8](text.utf8))
  }

  init(read condition: StatusCondition, _ code: ResponseCode?, _ text: [UInt8]) {
    self.condition = condition
    self.code = code
    self.text = text
  }

  func write(to writer: inout IMAPWriter) {
    switch condition {
    case .ok: writer.append("OK ")
    case .no: writer.append("NO ")
    case .bad: writer.append("BAD ")
    case .preAuthenticated: writer.append("PREAUTH ")
    case .bye: writer.append("BYE ")
    }
    if let code {
      writer.append(.openBracket)
      code.write(to: &writer)
      writer.append("] ")
    }
    writer.append(text)
  }
}
