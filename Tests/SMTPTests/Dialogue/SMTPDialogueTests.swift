import SMTP
import Testing

@Suite struct SMTPDialogueTests {
  /// Every legal step of RFC 5321 §4.1.4, 3207 §4.2 and 4954 §3; what is not here is illegal.
  static let table: [(SMTPDialogue.State, [(SMTPDialogue.Step, SMTPDialogue.State)])] = [
    (.connecting, [(.greeting, .greeted)]),
    (.greeted, [(.hello, .ready), (.reset, .greeted), (.inquiry, .greeted), (.quit, .closed)]),
    (
      .ready,
      [
        (.hello, .ready), (.startTLS, .startingTLS), (.authenticate, .authenticating), (.mail, .sender),
        (.reset, .ready), (.inquiry, .ready), (.quit, .closed)
      ]
    ),
    (
      .sender,
      [(.hello, .ready), (.recipient, .recipients), (.reset, .ready), (.inquiry, .sender), (.quit, .closed)]
    ),
    (
      .recipients,
      [
        (.hello, .ready), (.recipient, .recipients), (.data, .content), (.reset, .ready), (.inquiry, .recipients),
        (.quit, .closed)
      ]
    ),
    (.content, [(.contentEnd, .ready)]),
    (.authenticating, [(.authenticationEnd, .ready)]),
    (.startingTLS, [(.tlsEstablished, .greeted)]),
    (.closed, [])
  ]

  @Test func wholeTable() {
    var wrong: [String] = []
    for state in SMTPDialogue.State.allCases {
      let legal = Self.table.first { $0.0 == state }?.1 ?? []
      for step in SMTPDialogue.Step.allCases {
        let expected = legal.first { $0.0 == step }?.1
        let actual = SMTPDialogue.successor(of: state, step)
        if actual != expected { wrong.append("\(state) \(step): \(String(describing: actual))") }
      }
    }
    #expect(wrong == [])
    #expect(Self.table.count == SMTPDialogue.State.allCases.count)
  }

  @Test func conditionsBeyondTheTable() {
    var dialogue = SMTPDialogue()
    dialogue.take(.greeting)
    dialogue.take(.hello)
    #expect(!dialogue.allows(.startTLS) && !dialogue.allows(.authenticate), "HELO offers no extension")
    dialogue.take(.startTLS)
    #expect(dialogue.state == .ready, "an illegal step changes nothing")
  }
}
