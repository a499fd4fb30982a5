public import SMTPCodec

/// What follows from a problem.
public struct DeliveryVerdict: Hashable, Sendable {
  /// What to do.
  @frozen
  public enum Action: UInt8, CaseIterable, Hashable, Sendable {
    /// Try the next host of the plan; when there is none, defer all recipients.
    case nextHost
    /// Try the same host again, once, without TLS.
    case plaintext
    /// Try this recipient again later.
    case deferRecipient
    /// Try all recipients of the transaction again later.
    case deferMessage
    /// Give this recipient up.
    case failRecipient
    /// Give all recipients of the transaction up.
    case failMessage
    /// Try this recipient again at once, in another transaction: the host takes no more of them in this one.
    case split
    /// Try again later: the host may have the message or not.
    /// [RFC 1047](https://www.rfc-editor.org/rfc/rfc1047): it may come twice.
    case ambiguous
    /// Nothing: it changes nothing that matters.
    case ignore
  }

  /// What to do.
  public var action: Action
  /// Whether the host should be left alone for a while, by all messages.
  public var backsOffHost: Bool
  /// Whether a deferred recipient may be tried at the next host of the same plan: not after greylisting, which wants to see
  /// the same host asked again, and not after an ambiguous end.
  public var mayTryNextHost: Bool
  /// The status for a report: class 4 for what is tried again, 5 for what is given up.
  public var status: EnhancedStatusCode
  /// Which intervals hold for the next attempt.
  public var cause: RetryCause
  /// When to come back, if the server said so.
  public var retryHint: Duration?

  init(
    _ action: Action, _ status: EnhancedStatusCode, _ cause: RetryCause, backsOffHost: Bool = false,
    mayTryNextHost: Bool = false, retryHint: Duration? = nil
  ) {
    self.action = action
    self.backsOffHost = backsOffHost
    self.mayTryNextHost = mayTryNextHost
    self.status = status
    self.cause = cause
    self.retryHint = retryHint
  }
}
