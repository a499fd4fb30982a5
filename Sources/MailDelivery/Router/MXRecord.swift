public import SMTPCodec

/// A mail exchanger of a domain.
///
/// [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1),
/// [RFC 1035 §3.3.9](https://www.rfc-editor.org/rfc/rfc1035#section-3.3.9).
///
/// ```swift
/// MXRecord(10, "mail.domain.test.")
/// ```
public struct MXRecord: Hashable, Sendable {
  /// Where mail should go.
  @frozen
  public enum Exchanger: Hashable, Sendable {
    /// A host.
    case host(Domain)
    /// An address where a name must stand. It is against the standard, common, and tolerated.
    case address(IPAddress)
    /// The root, `.`: alone, it says that the domain takes no mail;
    /// [RFC 7505](https://www.rfc-editor.org/rfc/rfc7505).
    case root
    /// Something that is no host's name.
    case unusable
  }

  /// The preference: lower is tried first.
  public var preference: UInt16
  /// Where mail should go.
  public var exchanger: Exchanger

  /// A record of these parts.
  public init(_ preference: UInt16, _ exchanger: Exchanger) {
    self.preference = preference
    self.exchanger = exchanger
  }

  /// A record as a zone file has it. Any text makes one; a name that no host can have is ``Exchanger/unusable``.
  ///
  /// - Parameter name: the exchanger's name, with or without the final dot; `.` or nothing is the root.
  public init(_ preference: UInt16, _ name: String) {
    self.init(preference, name: [UInt8](name.utf8))
  }

  /// A record as it came from the DNS, the labels of the name joined by dots.
  public init(_ preference: UInt16, name: [UInt8]) {
    self.preference = preference
    var name = name
    if name.last == 46 { name.removeLast() }
    if name.isEmpty {
      exchanger = .root
    } else if let address = IPAddress(name) {
      exchanger = .address(address)
    } else if let domain = try? Domain(name.span, quirks: .underscoreInDomain) {
      exchanger = .host(domain)
    } else {
      exchanger = .unusable
    }
  }
}
