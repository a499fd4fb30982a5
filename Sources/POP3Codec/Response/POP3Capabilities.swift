@_spi(MailCodec) public import MailWire

/// What a server can do, in the order and spelling of its answer, unknown capabilities included.
///
/// [RFC 2449 §5](https://www.rfc-editor.org/rfc/rfc2449#section-5).
///
///     C: CAPA
///     S: +OK Capability list follows
///     S: TOP
///     S: SASL PLAIN
///     S: .
public struct POP3Capabilities: Hashable, Sendable {
  /// The capabilities, in order.
  public private(set) var all: [POP3Capability]

  /// These capabilities.
  public init(_ all: [POP3Capability] = []) { self.all = all }

  /// Adds one at the end.
  public mutating func append(_ capability: POP3Capability) { all.append(capability) }

  /// Whether the keyword is there.
  public func contains(_ keyword: POP3CapabilityKeyword) -> Bool { all.contains { $0.keyword == keyword } }

  /// The parameters of a keyword: empty when it has none, nil when it is absent.
  public func parameters(of keyword: POP3CapabilityKeyword) -> [UInt8]? {
    for capability in all where capability.keyword == keyword { return capability.parameters }
    return nil
  }

  /// The mechanisms of `AUTH`; malformed names are left out.
  public var mechanisms: [SASLMechanism] {
    var mechanisms: [SASLMechanism] = []
    guard let parameters = parameters(of: .sasl) else { return [] }
    var cursor = ByteCursor(parameters.span)
    while !cursor.isAtEnd {
      let word = cursor.take { $0 != .space }
      if let mechanism = try? SASLMechanism(word) { mechanisms.append(mechanism) }
      _ = cursor.skip(.space)
    }
    return mechanisms
  }

  /// The days that messages are kept at least; nil when nothing is said or they are kept for ever.
  ///
  /// [RFC 2449 §6.7](https://www.rfc-editor.org/rfc/rfc2449#section-6.7). Zero: what was retrieved is gone after `QUIT`.
  public var expiryDays: UInt64? { firstNumber(of: .expire) }

  /// The seconds to wait between two logins; nil when nothing is said.
  public var loginDelaySeconds: UInt64? { firstNumber(of: .loginDelay) }

  /// Whether names and passwords may be UTF-8, [RFC 6856 §2.2](https://www.rfc-editor.org/rfc/rfc6856#section-2.2).
  public var acceptsUTF8Credentials: Bool {
    let user: [UInt8] = [85, 83, 69, 82]
    guard let parameters = parameters(of: .utf8) else { return false }
    return parameters.span.hasSameLetters(as: user.span)
  }

  private func firstNumber(of keyword: POP3CapabilityKeyword) -> UInt64? {
    guard let parameters = parameters(of: keyword) else { return nil }
    var cursor = ByteCursor(parameters.span)
    return cursor.takeNumber()
  }
}
