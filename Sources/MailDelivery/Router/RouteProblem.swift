public import SMTPCodec

/// Why there is no route to a destination, for now or at all.
public struct RouteProblem: Error, Hashable, Sendable {
  /// The cause.
  @nonexhaustive
  public enum Cause: Hashable, Sendable {
    /// There is no such domain.
    case nonexistentDomain
    /// The domain says that it takes no mail: [RFC 7505](https://www.rfc-editor.org/rfc/rfc7505).
    case nullMX
    /// The domain has neither a mail exchanger nor an address.
    case noAddress
    /// The domain has mail exchangers and none of them can be used.
    case unusableExchangers
    /// The DNS did not answer.
    case lookupFailed(DNSFailure)
    /// The DNS answered what cannot be read.
    case malformedAnswer
    /// This server is the best mail exchanger of the domain and does not know it.
    case loopsBack
    /// This server is a mail exchanger of the domain, and better ones have no address now.
    case betterExchangersUnreachable
    /// An address literal of a kind that this server cannot reach.
    case unknownLiteral
    /// Aliases that lead in a circle, or too far, or to too many.
    case aliasLoop
  }

  /// The cause.
  public let cause: Cause
  /// The reply that says it, for the sender of the message: 4yz when mail waits, 5yz when it goes back.
  public let reply: SMTPReply

  /// Whether waiting will not help.
  public var isPermanent: Bool { reply.severity == .permanentNegative }

  /// The status for a report; [RFC 3463](https://www.rfc-editor.org/rfc/rfc3463).
  public var status: EnhancedStatusCode { reply.status ?? EnhancedStatusCode(isPermanent ? 5 : 4, 4, 0) }

  static func failed(_ cause: Cause) -> RouteProblem { RouteProblem(cause, statusClass: 5) }
  static func deferred(_ cause: Cause) -> RouteProblem { RouteProblem(cause, statusClass: 4) }

  private init(_ cause: Cause, statusClass: UInt8) {
    self.cause = cause
    let (subject, detail, text): (UInt16, UInt16, String) =
      switch cause {
      case .nonexistentDomain: (1, 2, "The domain does not exist")
      case .nullMX: (1, 10, "The domain does not accept mail")
      case .noAddress: (1, 2, "The domain has no mail server and no address")
      case .unusableExchangers: (4, 4, "None of the domain's mail servers has a usable address")
      case .lookupFailed(let failure): (4, 3, Self.text(of: failure))
      case .malformedAnswer: (4, 4, "The domain's DNS records are malformed")
      case .loopsBack: (4, 6, "Mail for the domain loops back to this server")
      case .betterExchangersUnreachable: (4, 4, "None of the domain's better mail servers has an address")
      case .unknownLiteral: (1, 2, "Addresses of this kind cannot be reached")
      case .aliasLoop: (4, 6, "The address leads back to itself or to too many others")
      }
    let code: SMTPReplyCode =
      if case .nullMX = cause { 556 } else if statusClass == 4 { 451 } else { 550 }
    reply = SMTPReply(code, EnhancedStatusCode(statusClass, subject, detail), text)
  }

  private static func text(of failure: DNSFailure) -> String {
    switch failure {
    case .serverFailure: "The name server failed"
    case .refused: "The name server refused the question"
    case .timedOut: "No name server answered in time"
    case .badResponse: "The name server gave no valid response"
    case .aliasLoop: "The domain's CNAME records lead in a circle"
    }
  }
}
