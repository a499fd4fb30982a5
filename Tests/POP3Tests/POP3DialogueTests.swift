import POP3
import Testing

@Suite struct POP3DialogueTests {
  /// Every state, and the steps that are legal in it with the states behind them; everything else is not legal.
  private static let table: [POP3Dialogue.State: [POP3Dialogue.Step: POP3Dialogue.State]] = [
    .connecting: [.greeting: .authorization],
    .authorization: [
      .inquiry: .authorization, .utf8: .authorization, .user: .userGiven, .authenticate: .authenticating,
      .startTLS: .startingTLS, .quit: .closed
    ],
    .userGiven: [
      .inquiry: .userGiven, .utf8: .userGiven, .user: .userGiven, .userRefused: .authorization,
      .password: .authenticating, .authenticate: .authenticating, .startTLS: .startingTLS, .quit: .closed
    ],
    .authenticating: [.authenticated: .transaction, .authenticationFailed: .authorization],
    .startingTLS: [.tlsEstablished: .authorization, .startTLSRefused: .authorization],
    .transaction: [.inquiry: .transaction, .maildrop: .transaction, .quit: .update],
    .update: [.updated: .closed],
    .closed: [:]
  ]

  @Test func everyStepInEveryState() {
    #expect(Self.table.count == POP3Dialogue.State.allCases.count)
    for state in POP3Dialogue.State.allCases {
      for step in POP3Dialogue.Step.allCases {
        let successor = POP3Dialogue.successor(of: state, step)
        if successor != Self.table[state]?[step] { Issue.record("\(state), \(step): \(String(describing: successor))") }
      }
    }
  }

  @Test func stepsThatAreNotLegalChangeNothing() {
    var dialogue = POP3Dialogue()
    for step in POP3Dialogue.Step.allCases where step != .greeting {
      dialogue.take(step)
      #expect(dialogue == POP3Dialogue(), "\(step)")
    }
    dialogue.take(.greeting)
    dialogue.take(.user)
    dialogue.take(.startTLS)
    dialogue.take(.tlsEstablished)
    #expect(dialogue.state == .authorization && dialogue.isEncrypted)
    #expect(!dialogue.allows(.startTLS) && !dialogue.allows(.password))
  }
}
