@_spi(MailCodec) import MailWire

/// The namespaces of a server: the user's own, those of other users, and the shared ones.
///
/// [RFC 9051 §7.3.3](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.3),
/// [RFC 2342 §5](https://www.rfc-editor.org/rfc/rfc2342#section-5).
///
///     S: * NAMESPACE (("" "/")) (("~" "/")) NIL
public struct NamespaceResponse: Hashable, Sendable {
  /// The user's own; none is `NIL`.
  public var personal: [MailboxNamespace]
  /// Those of other users.
  public var otherUsers: [MailboxNamespace]
  /// The shared ones.
  public var shared: [MailboxNamespace]

  /// Namespaces.
  public init(
    personal: [MailboxNamespace] = [], otherUsers: [MailboxNamespace] = [], shared: [MailboxNamespace] = []
  ) {
    self.personal = personal
    self.otherUsers = otherUsers
    self.shared = shared
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("NAMESPACE")
    for list in [personal, otherUsers, shared] {
      writer.append(.space)
      guard !list.isEmpty else {
        writer.append("NIL")
        continue
      }
      writer.append(.openParenthesis)
      for namespace in list { namespace.write(to: &writer) }
      writer.append(.closeParenthesis)
    }
  }
}
