@_spi(MailCodec) public import MailWire

/// The parameters of a `MAIL` or `RCPT` command, in their order and spelling, unknown ones included.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2). One allocation holds them all, or none when
/// there are none.
///
///     C: MAIL FROM:<susan@website.test> SIZE=1042 BODY=8BITMIME
public struct ESMTPParameters: Hashable, Sendable, CustomStringConvertible {
  /// The octets, without a leading space.
  public private(set) var bytes: [UInt8] = []

  /// No parameters.
  public init() {}

  /// The parameters of a view, copied.
  public init(_ view: ESMTPParametersView) { bytes = view.bytes.copied() }

  /// Parses `keyword[=value]…`, separated by single spaces.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter`, `duplicate`, `tooMany` (32) or `tooLong`.
  public init(_ text: String) throws(SyntaxError) {
    guard !text.isEmpty else {
      self.init()
      return
    }
    let bytes = [32] + [UInt8](text.utf8)
    var cursor = ByteCursor(bytes.span)
    var used = SMTPQuirks.none
    do throws(SyntaxError) {
      self.init(try ESMTPParametersView.parse(&cursor, .none, &used))
    } catch {
      throw SyntaxError(error.code, at: error.offset - 1)
    }
  }

  /// The usual parameters of `MAIL`.
  ///
  /// - Parameters:
  ///   - size: the message's octets, CRLF line ends counted as two; [RFC 1870](https://www.rfc-editor.org/rfc/rfc1870).
  ///   - body: the message's encoding; [RFC 6152](https://www.rfc-editor.org/rfc/rfc6152).
  public init(size: UInt64? = nil, body: BodyType? = nil) {
    var output = OutboundBuffer()
    if let size {
      output.append("SIZE=")
      output.append(decimal: size)
    }
    if let body {
      if size != nil { output.append(.space) }
      output.append("BODY=")
      output.append(body.value)
    }
    bytes = output.bytes.copied()
  }

  /// Whether there are none.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The value of the parameter with this keyword: empty when it has none, nil when it is absent.
  public func value(of keyword: ESMTPKeyword) -> [UInt8]? {
    if let value = ESMTPParametersView(unchecked: bytes.span).value(of: keyword) { return value.copied() }
    return nil
  }

  /// The value of `SIZE`; nil when it is absent or no number.
  public var size: UInt64? {
    guard let value = ESMTPParametersView(unchecked: bytes.span).value(of: .size) else { return nil }
    var cursor = ByteCursor(value)
    guard let number = cursor.takeNumber(), cursor.isAtEnd else { return nil }
    return number
  }

  /// The value of `BODY`; nil when it is absent or unknown.
  public var body: BodyType? {
    guard let value = ESMTPParametersView(unchecked: bytes.span).value(of: .body) else { return nil }
    return BodyType(value)
  }

  /// The keywords, in order.
  public var keywords: [ESMTPKeyword] {
    var keywords: [ESMTPKeyword] = []
    ESMTPParametersView(unchecked: bytes.span).forEach { name, _ in
      keywords.append(ESMTPKeyword(validated: ValidatedToken(name.copied())))
    }
    return keywords
  }

  /// Writes each parameter behind a space.
  func write(to output: inout OutboundBuffer) {
    guard !bytes.isEmpty else { return }
    output.append(.space)
    output.append(bytes)
  }

  /// The parameters as they are written.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
