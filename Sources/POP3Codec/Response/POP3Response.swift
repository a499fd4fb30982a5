@_spi(MailCodec) public import MailWire

/// The first line of a response.
///
/// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3),
/// [RFC 2449 §8](https://www.rfc-editor.org/rfc/rfc2449#section-8). The text holds neither CR, LF nor NUL.
///
///     S: -ERR [IN-USE] Do you have another POP session running?
public struct POP3Response: Hashable, Sendable, CustomStringConvertible {
  /// How the response begins.
  public let status: POP3Status
  /// The extended code; nil without one.
  public let code: POP3ResponseCode?
  /// The text for people, as octets: ASCII, or UTF-8 by [RFC 6856](https://www.rfc-editor.org/rfc/rfc6856).
  public let text: [UInt8]

  /// A response of these parts.
  ///
  /// Each control character in the text becomes a space. Without a code, a bracket at the start of the text becomes a
  /// parenthesis, because clients would take what follows for a code.
  public init(_ status: POP3Status, _ code: POP3ResponseCode? = nil, _ text: String = "") {
    self.status = status
    self.code = status == .continuation ? nil : code
    var bytes: [UInt8] = []
    for byte in text.utf8 { bytes.append(byte.isASCIIControl ? .space : byte) }
    if self.code == nil, status != .continuation, bytes.first == 91 { bytes[0] = 40 }
    self.text = bytes
  }

  /// The response of a view, copied. A stray CR, LF or NUL in the text becomes a space: without it, `[IN\0-USE]` would
  /// become a code when the response is passed on.
  public init(_ view: POP3ResponseView) {
    status = view.status
    if let code = view.code {
      self.code = POP3ResponseCode(validated: ValidatedToken(code.copied()))
    } else {
      code = nil
    }
    var bytes = view.text.copied()
    for index in bytes.indices where bytes[index] == 0 || bytes[index] == 10 || bytes[index] == 13 {
      bytes[index] = .space
    }
    self.text = bytes
  }

  /// Parses one line without its line ending.
  ///
  /// - Throws: ``SyntaxError``, as ``POP3ResponseView/parse(_:quirks:used:)``.
  public init(_ line: Span<UInt8>, quirks: POP3Quirks = .none) throws(SyntaxError) {
    var used = POP3Quirks.none
    self.init(try POP3ResponseView.parse(line, quirks: quirks, used: &used))
  }

  /// The line as text, with what is not printable ASCII escaped.
  public var description: String {
    let line = encoded
    return String(
      decoding: TraceRecord(.server, line: line.span.extracting(first: line.count - 2)).text, as: UTF8.self)
  }
}

extension POP3Response {
  /// `-ERR [AUTH]`: user or password are wrong.
  public static let authenticationFailed = POP3Response(.error, .authentication, "Authentication failed")
  /// `-ERR [IN-USE]`: another session has the maildrop.
  public static let maildropInUse = POP3Response(.error, .inUse, "Maildrop is in use by another session")
  /// `-ERR [LOGIN-DELAY]`: too soon after the last login.
  public static let loginDelay = POP3Response(.error, .loginDelay, "Minimum time between logins has not passed")
  /// `-ERR [SYS/TEMP]`: the server cannot, for now.
  public static let temporaryFailure = POP3Response(.error, .systemTemporary, "Temporary failure, try again later")
  /// `-ERR [SYS/PERM]`: the server cannot, until somebody mends it.
  public static let permanentFailure = POP3Response(.error, .systemPermanent, "Server failure")
  /// `-ERR`: the answer to a `QUIT` some of whose messages are still there.
  public static let notAllRemoved = POP3Response(.error, .systemTemporary, "Some deleted messages not removed")
}
