import SMTPCodec

/// Decides what follows from a problem at a stage.
///
/// [RFC 5321 §4.2.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1),
/// [§4.5.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4). The first digit of a reply decides about trying again; its
/// enhanced status code only informs the report: `450 5.7.1` is tried again and `550 4.2.2` is not.
public struct DeliveryClassifier: Hashable, Sendable {
  /// Whether mail may only be sent with TLS. Default false: TLS is then used when it works.
  public var requiresTLS: Bool
  /// Whether the host is the last one of the plan.
  public var isLastHost: Bool
  /// How many recipients of the transaction the host has accepted.
  public var acceptedRecipients: Int

  /// A classifier for these circumstances.
  public init(requiresTLS: Bool = false, isLastHost: Bool = false, acceptedRecipients: Int = 0) {
    self.requiresTLS = requiresTLS
    self.isLastHost = isLastHost
    self.acceptedRecipients = acceptedRecipients
  }

  /// What follows from `problem` at `stage`.
  public func verdict(_ problem: DeliveryProblem, at stage: DeliveryStage) -> DeliveryVerdict {
    switch problem {
    case .reply(let reply): verdict(reply, at: stage)
    case .timedOut, .disconnected, .unreachable, .tlsFailed: verdictWithoutReply(problem, at: stage)
    }
  }

  private func verdictWithoutReply(_ problem: DeliveryProblem, at stage: DeliveryStage) -> DeliveryVerdict {
    let status = Self.status(problem, at: stage)
    if case .tlsFailed = problem { return tlsVerdict(status) }
    switch stage {
    case .routing: return DeliveryVerdict(.deferMessage, status, .routing)
    case .connection, .greeting, .hello, .authentication:
      return DeliveryVerdict(.nextHost, status, .host, backsOffHost: true)
    case .tls: return tlsVerdict(status)
    // The host greeted us: it is this message that it has trouble with.
    case .sender, .recipient, .data: return DeliveryVerdict(.deferMessage, status, .host, mayTryNextHost: true)
    case .content: return DeliveryVerdict(.ambiguous, status, .host)
    case .end: return DeliveryVerdict(.ignore, status, .host)
    }
  }

  private func tlsVerdict(_ status: EnhancedStatusCode) -> DeliveryVerdict {
    requiresTLS
      ? DeliveryVerdict(.nextHost, status, .policy, backsOffHost: true) : DeliveryVerdict(.plaintext, status, .host)
  }

  private func verdict(_ reply: SMTPReply, at stage: DeliveryStage) -> DeliveryVerdict {
    let isPermanent = reply.code.number >= 500
    let status = Self.status(reply, at: stage, isPermanent: isPermanent)
    let temporary = Self.status(reply, at: stage, isPermanent: false)
    // 421 comes at any time, and the connection ends with it.
    if reply.code.number == 421, stage != .end, stage != .routing {
      return DeliveryVerdict(.nextHost, status, .host, backsOffHost: true)
    }
    switch stage {
    case .routing:
      return DeliveryVerdict(isPermanent ? .failMessage : .deferMessage, status, .routing)
    case .connection, .greeting, .hello:
      if isPermanent, isLastHost { return DeliveryVerdict(.failMessage, status, .host) }
      return DeliveryVerdict(.nextHost, isLastHost ? status : temporary, .host, backsOffHost: true)
    case .tls:
      return tlsVerdict(Self.tlsStatus)
    case .authentication:
      // Wrong credentials are ours to mend, and no fault of the message.
      return DeliveryVerdict(.deferMessage, EnhancedStatusCode(4, 7, 8), .policy)
    case .sender:
      return isPermanent ? DeliveryVerdict(.failMessage, status, .message) : deferral(reply, status, .deferMessage)
    case .recipient:
      return recipientVerdict(reply, status, temporary)
    case .data:
      if acceptedRecipients == 0 { return DeliveryVerdict(.ignore, status, .message) }
      return isPermanent ? DeliveryVerdict(.failMessage, status, .message) : deferral(reply, status, .deferMessage)
    case .content:
      return isPermanent ? DeliveryVerdict(.failMessage, status, .message) : deferral(reply, status, .deferMessage)
    case .end:
      return DeliveryVerdict(.ignore, status, .host)
    }
  }

  /// [RFC 5321 §4.5.3.1.10](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.10): 452, or 552 from servers of another
  /// age, says that there are too many recipients, when there are others and the status does not say otherwise.
  private func recipientVerdict(
    _ reply: SMTPReply, _ status: EnhancedStatusCode, _ temporary: EnhancedStatusCode
  ) -> DeliveryVerdict {
    let code = reply.code.number
    if code == 452 || code == 552 {
      let isAboutCount = reply.status.map { $0.subject == 5 && $0.detail == 3 } ?? true
      if isAboutCount, acceptedRecipients > 0 {
        return DeliveryVerdict(.split, EnhancedStatusCode(4, 5, 3), .recipient)
      }
      return deferral(reply, temporary, .deferRecipient)
    }
    if code >= 500 { return DeliveryVerdict(.failRecipient, status, .recipient) }
    return deferral(reply, status, .deferRecipient)
  }

  private func deferral(
    _ reply: SMTPReply, _ status: EnhancedStatusCode, _ action: DeliveryVerdict.Action
  ) -> DeliveryVerdict {
    let hint = GreylistingHint(reply)
    if hint.isGreylisting {
      return DeliveryVerdict(action, status, .greylisting, retryHint: hint.delay)
    }
    let cause: RetryCause = action == .deferRecipient ? .recipient : .message
    return DeliveryVerdict(action, status, cause, mayTryNextHost: true)
  }
}
