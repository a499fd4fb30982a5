import MailDelivery
import MailTestKit
import SMTPCodec
import Testing

/// Every stage with every kind of problem: what to do, whether the host is left alone, the status, the cause.
@Suite struct DeliveryClassifierTests {
  private struct Row {
    let stage: DeliveryStage
    let problem: DeliveryProblem
    let expected: String
    var last = false
    var tls = false
    var accepted = 1
  }

  private func describe(_ verdict: DeliveryVerdict) -> String {
    "\(verdict.action) \(verdict.status) \(verdict.cause)\(verdict.backsOffHost ? " backoff" : "")"
      + (verdict.mayTryNextHost ? " next" : "") + (verdict.retryHint.map { " \($0.components.seconds)s" } ?? "")
  }

  private func reply(_ code: UInt16, _ text: String = "No") -> DeliveryProblem {
    .reply(SMTPReply(SMTPReplyCode(code) ?? 500, nil, text))
  }

  private func verify(_ rows: [Row]) {
    for row in rows {
      let classifier = DeliveryClassifier(
        requiresTLS: row.tls, isLastHost: row.last, acceptedRecipients: row.accepted)
      let found = describe(classifier.verdict(row.problem, at: row.stage))
      check(found == row.expected, "\(row.stage) \(row.problem): \(found), not \(row.expected)")
    }
  }

  @Test func beforeTheTransaction() {
    var rows = [
      Row(stage: .routing, problem: .timedOut, expected: "deferMessage 4.4.3 routing"),
      Row(stage: .routing, problem: reply(556), expected: "failMessage 5.1.10 routing"),
      Row(stage: .routing, problem: reply(451, "4.4.4 no host"), expected: "deferMessage 4.4.4 routing"),
      Row(stage: .connection, problem: .unreachable, expected: "nextHost 4.4.1 host backoff"),
      Row(stage: .connection, problem: .timedOut, expected: "nextHost 4.4.1 host backoff"),
      Row(stage: .connection, problem: .unreachable, expected: "nextHost 4.4.1 host backoff", last: true),
      Row(stage: .tls, problem: .tlsFailed, expected: "plaintext 4.7.5 host"),
      Row(stage: .tls, problem: .tlsFailed, expected: "nextHost 4.7.5 policy backoff", tls: true),
      Row(stage: .tls, problem: .timedOut, expected: "plaintext 4.7.5 host"),
      Row(stage: .tls, problem: reply(454), expected: "plaintext 4.7.5 host"),
      Row(stage: .tls, problem: reply(502), expected: "plaintext 4.7.5 host"),
      Row(stage: .tls, problem: reply(454), expected: "nextHost 4.7.5 policy backoff", tls: true),
      Row(stage: .tls, problem: reply(502), expected: "nextHost 4.7.5 policy backoff", tls: true),
      Row(stage: .authentication, problem: reply(454), expected: "deferMessage 4.7.8 policy"),
      Row(stage: .authentication, problem: reply(535), expected: "deferMessage 4.7.8 policy"),
      Row(stage: .authentication, problem: .timedOut, expected: "nextHost 4.4.2 host backoff")
    ]
    for stage in [DeliveryStage.greeting, .hello] {
      rows += [
        Row(stage: stage, problem: .timedOut, expected: "nextHost 4.4.2 host backoff"),
        Row(stage: stage, problem: .disconnected, expected: "nextHost 4.4.2 host backoff"),
        Row(stage: stage, problem: reply(421), expected: "nextHost 4.3.2 host backoff"),
        Row(stage: stage, problem: reply(451), expected: "nextHost 4.3.0 host backoff"),
        Row(stage: stage, problem: reply(554), expected: "nextHost 4.0.0 host backoff"),
        Row(stage: stage, problem: reply(554), expected: "failMessage 5.0.0 host", last: true)
      ]
    }
    verify(rows)
  }

  @Test func inTheTransaction() {
    verify([
      Row(stage: .sender, problem: reply(451), expected: "deferMessage 4.3.0 message next"),
      Row(stage: .sender, problem: .timedOut, expected: "deferMessage 4.4.2 host next"),
      Row(stage: .sender, problem: .disconnected, expected: "deferMessage 4.4.2 host next"),
      Row(stage: .sender, problem: reply(550), expected: "failMessage 5.1.8 message"),
      Row(stage: .sender, problem: reply(552), expected: "failMessage 5.3.4 message"),
      Row(stage: .recipient, problem: reply(450), expected: "deferRecipient 4.2.0 recipient next"),
      Row(stage: .recipient, problem: reply(450, "5.7.1 no"), expected: "deferRecipient 4.2.0 recipient next"),
      Row(stage: .recipient, problem: reply(550), expected: "failRecipient 5.1.1 recipient"),
      Row(stage: .recipient, problem: reply(550, "4.2.2 full"), expected: "failRecipient 5.1.1 recipient"),
      Row(stage: .recipient, problem: reply(553, "5.1.3 no"), expected: "failRecipient 5.1.3 recipient"),
      Row(stage: .recipient, problem: .disconnected, expected: "deferMessage 4.4.2 host next"),
      Row(stage: .recipient, problem: reply(421), expected: "nextHost 4.3.2 host backoff"),
      Row(stage: .recipient, problem: reply(452), expected: "split 4.5.3 recipient"),
      Row(stage: .recipient, problem: reply(452, "4.5.3 many"), expected: "split 4.5.3 recipient"),
      Row(stage: .recipient, problem: reply(552), expected: "split 4.5.3 recipient"),
      Row(stage: .recipient, problem: reply(452), expected: "deferRecipient 4.2.2 recipient next", accepted: 0),
      Row(stage: .recipient, problem: reply(452, "4.2.2 full"), expected: "deferRecipient 4.2.2 recipient next"),
      Row(stage: .recipient, problem: reply(552, "5.2.2 full"), expected: "deferRecipient 4.2.2 recipient next"),
      Row(stage: .data, problem: reply(451), expected: "deferMessage 4.3.0 message next"),
      Row(stage: .data, problem: reply(554), expected: "failMessage 5.0.0 message"),
      Row(stage: .data, problem: reply(503), expected: "ignore 5.5.1 message", accepted: 0),
      Row(stage: .data, problem: .timedOut, expected: "deferMessage 4.4.2 host next"),
      Row(stage: .content, problem: reply(451), expected: "deferMessage 4.3.0 message next"),
      Row(stage: .content, problem: reply(554), expected: "failMessage 5.0.0 message"),
      Row(stage: .content, problem: reply(421), expected: "nextHost 4.3.2 host backoff"),
      Row(stage: .content, problem: .timedOut, expected: "ambiguous 4.4.2 host"),
      Row(stage: .content, problem: .disconnected, expected: "ambiguous 4.4.2 host"),
      Row(stage: .end, problem: reply(421), expected: "ignore 4.3.2 host"),
      Row(stage: .end, problem: reply(500), expected: "ignore 5.5.1 host"),
      Row(stage: .end, problem: .timedOut, expected: "ignore 4.4.2 host")
    ])
  }

  @Test func greylisting() {
    let rows: [(UInt16, String, String)] = [
      (451, "4.7.1 Try again later", "4.7.1 greylisting"),
      (450, "4.2.0 Greylisted, see http://postgrey.schweikert.ch", "4.2.0 greylisting"),
      (451, "Graylisting in action, come back in 5 minutes", "4.3.0 greylisting 300s"),
      (450, "Please try again in 90 seconds", "4.2.0 greylisting 90s"),
      (450, "retry in 00:04:59", "4.2.0 greylisting 299s"),
      (450, "retry in 00:99", "4.2.0 recipient next"),
      (450, "in 99999999999999999999 seconds", "4.2.0 recipient next"),
      (450, "Grey mailbox busy, 2 others", "4.2.0 recipient next")
    ]
    verify(rows.map { Row(stage: .recipient, problem: reply($0.0, $0.1), expected: "deferRecipient " + $0.2) })
  }

  /// No problem at any stage leaves a recipient without a decision, and the class of the status follows the decision.
  @Test func theStatusFollowsTheDecision() {
    let problems: [DeliveryProblem] =
      [.timedOut, .disconnected, .unreachable, .tlsFailed]
      + [421, 450, 451, 452, 455, 499, 500, 521, 550, 551, 552, 553, 554, 555, 599].map { reply($0) }
    for stage in DeliveryStage.allCases {
      for problem in problems {
        for isLast in [false, true] {
          let verdict = DeliveryClassifier(isLastHost: isLast, acceptedRecipients: 1).verdict(problem, at: stage)
          switch verdict.action {
          case .failMessage, .failRecipient: check(verdict.status.statusClass == 5, "\(stage) \(problem)")
          case .ignore: check(stage == .end, "\(stage) \(problem)")
          case .nextHost, .plaintext, .deferRecipient, .deferMessage, .split, .ambiguous:
            check(verdict.status.statusClass == 4, "\(stage) \(problem) \(isLast) \(verdict)")
          }
        }
      }
    }
  }
}
