@_spi(MailCodec) import MailWire
public import SMTPCodec

/// Addresses that stand for others.
///
/// ```swift
/// aliases[try Mailbox("postmaster@website.test")] = [try Mailbox("susan@website.test")]
/// ```
public struct AliasTable: Sendable {
  private var targets: [Mailbox: [Mailbox]] = [:]

  /// An empty table.
  public init() {}

  /// The addresses that `mailbox` stands for; nil when it stands for itself. Letters match in either case.
  public subscript(_ mailbox: Mailbox) -> [Mailbox]? {
    get { targets.isEmpty ? nil : targets[Self.folded(mailbox)] }
    set { targets[Self.folded(mailbox)] = newValue }
  }

  static func folded(_ mailbox: Mailbox) -> Mailbox {
    let bytes = mailbox.localPart.bytes.map { $0.asciiLowercased }
    return Mailbox(LocalPart(unchecked: bytes), at: mailbox.host)
  }
}
