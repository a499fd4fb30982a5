public import SMTPCodec

/// Who is told of what became of a message.
///
/// [RFC 3461 §5.2](https://www.rfc-editor.org/rfc/rfc3461#section-5.2),
/// [RFC 5321 §6.1](https://www.rfc-editor.org/rfc/rfc5321#section-6.1). A message from the null reverse-path is never answered
/// with a report to anybody but the own postmaster, and what the postmaster gets is never answered at all: whatever fails,
/// the chain has an end.
public struct NotificationRules: Hashable, Sendable {
  /// What kind of message it is.
  @frozen
  public enum MessageKind: UInt8, Hashable, Sendable {
    /// A message that somebody sent.
    case mail = 0
    /// A report that this server made for a sender.
    case report = 1
    /// A notice that this server made for its postmaster.
    case postmasterNotice = 2
  }

  /// Who hears of a report that cannot be delivered; nil, the default, for nobody.
  public var postmaster: Mailbox?

  /// Rules with a postmaster, or without.
  public init(postmaster: Mailbox? = nil) { self.postmaster = postmaster }

  /// Whom to tell of what was done for a recipient; nil for nobody.
  ///
  /// - Parameters:
  ///   - notify: what `NOTIFY` said; empty when there was none.
  ///   - sender: the message's reverse-path.
  public func addressee(
    of action: DeliveryAction, notify: NotifyConditions, sender: ReversePath, kind: MessageKind = .mail
  ) -> Mailbox? {
    guard case .mailbox(let mailbox) = sender, kind == .mail else {
      let isLost = action == .failed && (kind == .report || kind == .mail && !notify.contains(.never))
      return isLost ? postmaster : nil
    }
    let isWanted =
      switch action {
      case .failed: notify.wantsFailure
      case .delayed: notify.wantsDelay
      case .delivered, .relayed, .expanded: notify.wantsSuccess
      }
    return isWanted ? mailbox : nil
  }
}
