public import SMTPCodec

extension DeliveryClassifier {
  /// 4.7.5: cryptographic failure.
  static var tlsStatus: EnhancedStatusCode { EnhancedStatusCode(4, 7, 5) }

  /// The status of a problem without a reply.
  ///
  /// [RFC 3463 §3.5](https://www.rfc-editor.org/rfc/rfc3463#section-3.5): 4.4.1 no answer from the host, 4.4.2 bad
  /// connection, 4.4.3 directory server failure.
  static func status(_ problem: DeliveryProblem, at stage: DeliveryStage) -> EnhancedStatusCode {
    if case .tlsFailed = problem { return tlsStatus }
    switch stage {
    case .routing: return EnhancedStatusCode(4, 4, 3)
    case .connection: return EnhancedStatusCode(4, 4, 1)
    case .tls: return tlsStatus
    case .greeting, .hello, .authentication, .sender, .recipient, .data, .content, .end:
      return EnhancedStatusCode(4, 4, 2)
    }
  }

  /// The status of a reply: its own, in the class that the decision has, or what its code says by itself.
  public static func status(_ reply: SMTPReply, at stage: DeliveryStage, isPermanent: Bool) -> EnhancedStatusCode {
    let statusClass: UInt8 = isPermanent ? 5 : 4
    if let own = reply.status { return EnhancedStatusCode(statusClass, own.subject, own.detail) }
    let (subject, detail) = meaning(reply.code.number, at: stage)
    return EnhancedStatusCode(statusClass, subject, detail)
  }

  private static func meaning(_ code: UInt16, at stage: DeliveryStage) -> (subject: UInt16, detail: UInt16) {
    switch code {
    case 421, 521: (3, 2)
    case 432, 450: (2, 0)
    case 451: (3, 0)
    case 452: stage == .recipient ? (2, 2) : (3, 1)
    case 454, 530, 534: (7, 0)
    case 500, 502, 503: (5, 1)
    case 501, 504, 555: (5, 4)
    case 535: (7, 8)
    case 550: stage == .recipient ? (1, 1) : stage == .sender ? (1, 8) : (7, 1)
    case 551: (1, 6)
    case 552: stage == .recipient ? (2, 2) : (3, 4)
    case 553: stage == .sender ? (1, 7) : (1, 3)
    case 556: (1, 10)
    default: (0, 0)
    }
  }
}
