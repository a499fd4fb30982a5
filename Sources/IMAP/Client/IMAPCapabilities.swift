public import IMAPCodec
@_spi(MailCodec) public import MailWire

/// What a server offers at the moment, and where it said so.
///
/// [RFC 9051 §7.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.2.2). A client forgets the capabilities when TLS begins and
/// when somebody logs in, because they may be others then.
///
///     S: * OK [CAPABILITY IMAP4rev2 STARTTLS AUTH=PLAIN] ready
public struct IMAPCapabilities: Hashable, Sendable {
  /// Where capabilities were announced.
  @frozen
  public enum Origin: Hashable, Sendable {
    /// In the greeting's code.
    case greeting
    /// In the code of a tagged response, such as the one to `LOGIN`.
    case tagged
    /// In an untagged response or its code.
    case untagged
  }

  /// All that was announced, in order.
  public let all: [IMAPCapability]
  /// Where; nil when nothing is known.
  public let origin: Origin?

  /// Nothing is known.
  public init() {
    all = []
    origin = nil
  }

  /// Capabilities that were announced.
  public init(_ all: [IMAPCapability], from origin: Origin) {
    self.all = all
    self.origin = origin
  }

  /// Whether nothing is known.
  public var isEmpty: Bool { all.isEmpty }

  /// Whether a capability is announced; case does not count.
  public func contains(_ capability: IMAPCapability) -> Bool { all.contains(capability) }

  /// The mechanisms of `AUTH=`, in order.
  public var mechanisms: [SASLMechanism] {
    all.compactMap { capability in
      guard let value = Self.value(capability, behind: "AUTH=") else { return nil }
      return try? SASLMechanism(value.span)
    }
  }

  /// The largest message that `APPEND` takes, of `APPENDLIMIT=`, [RFC 7889](https://www.rfc-editor.org/rfc/rfc7889); nil
  /// when there is no limit for all mailboxes.
  public var appendLimit: UInt64? {
    for capability in all {
      guard let value = Self.value(capability, behind: "APPENDLIMIT=") else { continue }
      var cursor = ByteCursor(value.span)
      if let number = cursor.takeNumber(), cursor.isAtEnd { return number }
    }
    return nil
  }

  /// Whether a capability of the standards is announced by its name, or by IMAP4rev2 when that has it.
  func has(_ name: StaticString, orRevision2 isPartOfRevision2: Bool = false) -> Bool {
    let name = StaticName(name)
    for capability in all where name.matches(capability.bytes) { return true }
    return isPartOfRevision2 && has("IMAP4rev2")
  }

  private static func value(_ capability: IMAPCapability, behind prefix: StaticString) -> [UInt8]? {
    StaticName(prefix).remainder(of: capability.bytes)
  }
}
