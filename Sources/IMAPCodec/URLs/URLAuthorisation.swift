@_spi(MailCodec) public import MailWire

/// Who may read what an ``IMAPURL`` refers to, until when, and the proof that its owner allows it.
///
/// [RFC 4467 §3](https://www.rfc-editor.org/rfc/rfc4467#section-3), [RFC 5092 §6.1](https://www.rfc-editor.org/rfc/rfc5092#section-6.1).
/// The token is a credential: the descriptions of ``Verifier`` and ``IMAPURL`` do not show it, ``IMAPURL/string`` does.
///
///     ;EXPIRE=2026-12-01T00:00:00Z;URLAUTH=submit+fred:internal:91354a473744909de610943775f92038
public struct URLAuthorisation: Hashable, Sendable {
  /// The proof: a mechanism and what it computed.
  public struct Verifier: Hashable, Sendable {
    /// The mechanism, such as ``IMAPAtom/internal``.
    public let mechanism: IMAPAtom
    /// The token: 32 hexadecimal digits or more.
    public let token: [UInt8]

    /// A proof.
    ///
    /// - Throws: ``SyntaxError`` with the code `badToken` for a mechanism of other octets than letters, digits, `-` and `.`, or
    ///   for a token that is no hexadecimal number; `empty` for fewer than 32 digits.
    public init(_ mechanism: IMAPAtom, token: [UInt8]) throws(SyntaxError) {
      for index in mechanism.bytes.indices where !Self.isMechanism(mechanism.bytes[index]) {
        throw SyntaxError(.badToken, at: index)
      }
      for index in token.indices where !token[index].isHexadecimalDigit { throw SyntaxError(.badToken, at: index) }
      guard token.count >= 32 else { throw SyntaxError(.empty, at: token.count) }
      self.mechanism = mechanism
      self.token = token
    }

    fileprivate static func isMechanism(_ byte: UInt8) -> Bool {
      byte.isASCIILetterOrDigit || byte == .hyphen || byte == .dot
    }
  }

  /// Until when, as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) writes it; nil for ever.
  public let expiry: [UInt8]?
  /// Who: `anonymous`, `authuser`, `user+` or `submit+` and a name.
  public let access: [UInt8]
  /// The proof; nil in a URL that `GENURLAUTH` shall authorise.
  public let verifier: Verifier?

  /// An authorisation.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for no access, `unexpectedByte` for NUL in it, `badToken` for an expiry of
  ///   other octets than digits, `-`, `:`, `.`, `+`, `T` and `Z`.
  public init(_ access: [UInt8], expiry: [UInt8]? = nil, verifier: Verifier? = nil) throws(SyntaxError) {
    guard !access.isEmpty, expiry?.isEmpty != true else { throw SyntaxError(.empty, at: 0) }
    if let index = access.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    if let expiry {
      for index in expiry.indices where !Self.isDate(expiry[index]) { throw SyntaxError(.badToken, at: index) }
    }
    self.expiry = expiry
    self.access = access
    self.verifier = verifier
  }

  private static func isDate(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, .hyphen, .colon, .dot, .plus, 84, 90, 116, 122: true
    default: false
    }
  }

  /// Parses `[";EXPIRE=" date-time] ";URLAUTH=" access [":" mechanism ":" token]`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> URLAuthorisation {
    var expiry: [UInt8]?
    if cursor.skipURLParameter("expire") { expiry = cursor.take { isDate($0) }.copied() }
    let start = cursor.offset
    guard cursor.skipURLParameter("urlauth") else {
      throw cursor.isAtEnd ? cursor.unexpected : SyntaxError(.badToken, at: start)
    }
    let access = try cursor.takeURLOctets(.part)
    var verifier: Verifier?
    if cursor.skip(.colon) {
      let mechanism = cursor.take { Verifier.isMechanism($0) }
      guard !mechanism.isEmpty else { throw cursor.unexpected }
      let name = IMAPAtom(validated: ValidatedToken(mechanism.copied()))
      try cursor.expect(.colon)
      let tokenStart = cursor.offset
      let token = cursor.take { $0.isHexadecimalDigit }.copied()
      do throws(SyntaxError) { verifier = try Verifier(name, token: token) } catch {
        throw SyntaxError(error.code, at: tokenStart)
      }
    }
    do throws(SyntaxError) { return try URLAuthorisation(access, expiry: expiry, verifier: verifier) } catch {
      throw SyntaxError(error.code, at: start)
    }
  }

  func write(to writer: inout IMAPWriter) {
    if let expiry {
      writer.append(";EXPIRE=")
      writer.append(expiry)
    }
    writer.append(";URLAUTH=")
    writer.append(access, percentEncodedFor: .part)
    guard let verifier else { return }
    writer.append(.colon)
    writer.append(verifier.mechanism.bytes)
    writer.append(.colon)
    writer.append(verifier.token)
  }
}

extension URLAuthorisation.Verifier: CustomStringConvertible {
  /// The mechanism; the token is not shown.
  public var description: String { mechanism.description + ":…" }
}
