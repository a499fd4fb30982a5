@_spi(MailCodec) public import MailWire

/// The server of an ``IMAPURL``, and as whom to log in.
///
/// [RFC 5092 §3](https://www.rfc-editor.org/rfc/rfc5092#section-3): `iserver`.
///
///     imap://michael;AUTH=*@example.com:1143/
public struct IMAPURLServer: Hashable, Sendable {
  /// How to log in.
  public enum Authentication: Hashable, Sendable {
    /// `;AUTH=*`: by any mechanism.
    case any
    /// `;AUTH=`: by this one.
    case mechanism(SASLMechanism)
  }

  /// The user; nil when the URL names none.
  public let user: [UInt8]?
  /// How to log in; nil when the URL does not say.
  public let authentication: Authentication?
  /// The host: a name, or an address, which has brackets when it is one of IPv6.
  public let host: [UInt8]
  /// The port; nil for 143.
  public let port: UInt16?

  /// A server.
  ///
  /// - Throws: ``SyntaxError`` with the code `badDomain` at what a host cannot have, `empty` for an empty host or user,
  ///   `unexpectedByte` for NUL in the user's name.
  public init(
    _ host: [UInt8], port: UInt16? = nil, user: [UInt8]? = nil, authentication: Authentication? = nil
  ) throws(SyntaxError) {
    guard !host.isEmpty, user?.isEmpty != true else { throw SyntaxError(.empty, at: 0) }
    let isLiteral = host.first == .openBracket && host.last == .closeBracket && host.count > 2
    let inner = isLiteral ? 1..<(host.count - 1) : 0..<host.count
    for index in inner {
      let isAllowed = host[index].isUnreservedInURL || (isLiteral && host[index] == .colon)
      guard isAllowed else { throw SyntaxError(.badDomain, at: index) }
    }
    if let index = user?.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    self.user = user
    self.authentication = authentication
    self.host = host
    self.port = port
  }

  /// Parses `[iuserinfo "@"] host [":" port]`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPURLServer {
    let start = cursor.offset
    var ahead = cursor
    var user: [UInt8]?
    var authentication: Authentication?
    _ = ahead.take { $0 != 64 && $0 != 47 && $0 != 63 }
    if ahead.next == 64 {
      let name = try cursor.takeURLOctets(.part)
      if !name.isEmpty { user = name }
      if cursor.next == 59 { authentication = try Self.authentication(&cursor) }
      guard user != nil || authentication != nil else { throw SyntaxError(.empty, at: start) }
      try cursor.expect(64)
    }
    let hostStart = cursor.offset
    let isLiteral = cursor.next == .openBracket
    let host =
      isLiteral
      ? cursor.take { $0 != .closeBracket && $0 != 47 }.count &+ 1 : cursor.take { $0.isUnreservedInURL }.count
    cursor.offset = Swift.min(hostStart &+ host, cursor.bytes.count)
    let bytes = cursor.bytes.extracting(hostStart..<cursor.offset).copied()
    var port: UInt16?
    if cursor.skip(.colon) {
      guard let number = cursor.takeNumber(upTo: 65_535) else { throw cursor.error(.badNumber) }
      port = UInt16(truncatingIfNeeded: number)
    }
    do throws(SyntaxError) {
      return try IMAPURLServer(bytes, port: port, user: user, authentication: authentication)
    } catch { throw SyntaxError(error.code, at: hostStart &+ error.offset) }
  }

  /// `";AUTH=" ("*" / enc-auth-type)`
  @_lifetime(cursor: copy cursor)
  private static func authentication(_ cursor: inout ByteCursor) throws(SyntaxError) -> Authentication {
    let start = cursor.offset
    guard cursor.skipURLParameter("auth") else { throw SyntaxError(.badToken, at: start) }
    if cursor.skip(.asterisk) { return .any }
    let name = try cursor.takeURLOctets(.part)
    do throws(SyntaxError) { return .mechanism(try SASLMechanism(name.span)) } catch {
      throw SyntaxError(error.code, at: start)
    }
  }

  func write(to writer: inout IMAPWriter) {
    if let user { writer.append(user, percentEncodedFor: .part) }
    switch authentication {
    case .any?: writer.append(";AUTH=*")
    case .mechanism(let mechanism)?:
      writer.append(";AUTH=")
      writer.append(mechanism.bytes, percentEncodedFor: .part)
    case nil: break
    }
    if user != nil || authentication != nil { writer.append(64) }
    writer.append(host)
    guard let port else { return }
    writer.append(.colon)
    writer.append(decimal: UInt64(port))
  }
}
