@_spi(MailCodec) public import MailWire

/// The initial response of `AUTH`: base64 on the wire, `=` for an empty one, and a secret everywhere else.
///
/// [RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4).
///
///     C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
public struct InitialResponse: Equatable, Sendable {
  private let text: Secret

  /// The initial response that carries these octets.
  public init(_ response: Secret) {
    text = Secret(response.withBytes { bytes in bytes.isEmpty ? [61] : Base64.encode(bytes) })
  }

  /// What was read: visible ASCII, not yet known to be base64.
  init(unchecked text: [UInt8]) { self.text = Secret(text) }

  /// The octets that it carries.
  ///
  /// - Throws: ``SyntaxError`` with the code `badBase64`.
  public func decoded() throws(SyntaxError) -> Secret {
    try text.withBytes { (bytes: Span<UInt8>) throws(SyntaxError) in
      if bytes.count == 1, bytes[0] == 61 { return Secret([]) }
      return Secret(try Base64.decode(bytes))
    }
  }

  func write(to output: inout OutboundBuffer) {
    text.withBytes { output.append($0) }
  }
}
