@_spi(MailCodec) import MailWire

/// What a server did with a message for a recipient.
///
/// [RFC 3464 §2.3.3](https://www.rfc-editor.org/rfc/rfc3464#section-2.3.3).
///
///     Action: failed
@frozen
public enum DeliveryAction: UInt8, CaseIterable, Hashable, Sendable {
  /// `failed`: it could not be delivered and is given up.
  case failed
  /// `delayed`: it could not be delivered yet; trying goes on.
  case delayed
  /// `delivered`: it is in the recipient's mailbox, or with a mailing list.
  case delivered
  /// `relayed`: it went on to a server from which no report of success will come.
  case relayed
  /// `expanded`: it went on to the several addresses of an alias.
  case expanded

  /// Whether it is one of the three that `NOTIFY=SUCCESS` asks for.
  public var isSuccess: Bool { self == .delivered || self == .relayed || self == .expanded }

  var name: StaticString {
    switch self {
    case .failed: "failed"
    case .delayed: "delayed"
    case .delivered: "delivered"
    case .relayed: "relayed"
    case .expanded: "expanded"
    }
  }

  /// The action that a field's value begins with, in letters of either case.
  init?(_ value: Span<UInt8>) {
    var cursor = ByteCursor(value)
    switch cursor.takeWord() {
    case (packed("failed"), 6), (packed("failure"), 7): self = .failed
    case (packed("delayed"), 7): self = .delayed
    case (packed("delivered"), 9): self = .delivered
    case (packed("relayed"), 7): self = .relayed
    case (packed("expanded"), 8): self = .expanded
    default: return nil
    }
  }
}
