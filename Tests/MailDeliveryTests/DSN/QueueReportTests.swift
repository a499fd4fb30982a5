import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

/// The queue, the router and the reports together: a domain that does not exist, from RCPT to the bytes of the bounce.
@Suite struct QueueReportTests {
  @Test func nonexistentDomain() throws {
    var queue = DeliveryQueue()
    let start = Instant(nanoseconds: 5_000_000_000)
    queue.advance(to: start)
    var message = DeliveryMessage(from: .mailbox(try Mailbox("susan@website.test")))
    message.dsn = MessageDSNParameters(returnContent: .headers, envelopeIdentifier: try EnvelopeIdentifier("order 7"))
    let recipient = RecipientDSNParameters(originalRecipient: try OriginalRecipient(Mailbox("bob@website.test")))
    _ = try queue.enqueue(message, to: [DeliveryRecipient(try Mailbox("robert@gone.test"), dsn: recipient)])
    let router = Router(identity: HostIdentity(names: [try Domain("mail.website.test")]))
    var random = SplitMix64(seed: 1)
    var report: DeliveryReport?
    for _ in 0..<50 where report == nil {
      switch queue.poll() {
      case .event(.resolve(let name)):
        let host = try MailHost(name.span)
        let result = router.plan(for: host, answer: .nonexistent, addresses: { _ in .nonexistent }, using: &random)
        queue.resolved(name, DeliveryRoute(result), validFor: .seconds(60))
      case .event(.report(let due)): report = due
      default: continue
      }
    }
    let due = try #require(report)
    let date = DateTime(secondsSince1970: 1_700_000_000)
    var composed = ReportMessage(
      due, reportingMTA: try Domain("mail.website.test"), now: start + .seconds(60), date: date)
    composed.sender = try Mailbox("postmaster@website.test")
    var original = OriginalMessage(using: &random)
    let text = [UInt8]("Subject: Hello\r\n\r\nText\r\n".utf8)
    original.add(text.span)
    let written = composed.compose(original)
    let bytes = written.bytes(message: text.span)
    let read = try ReceivedReport(bytes.span)
    let status = read.status.recipients[0]
    #expect(written.recipient.description == "susan@website.test" && read.returned?.content == .headers)
    #expect(read.status.originalEnvelopeIdentifier?.description == "order 7")
    #expect(read.status.arrivalDate == date.advanced(by: .seconds(-60)))
    #expect(status.originalRecipient?.description == "rfc822; bob@website.test")
    #expect(status.finalRecipient?.description == "rfc822; robert@gone.test")
    #expect(status.action == .failed && status.status == .init(5, 1, 2))
    #expect(status.willRetryUntil == nil && status.remoteMTA == nil)
  }

  @Test func plansBecomeRoutes() throws {
    let hop = { (name: String?, address: String, port: UInt16) throws -> RoutePlan.Hop? in
      guard let address = IPAddress(address) else { return nil }
      return RoutePlan.Hop(name: try name.map { try Domain($0) }, address: address, port: port, origin: .relay)
    }
    let hops = [
      try hop("B.test", "192.0.2.1", 25), try hop("a.test", "2001:db8::1", 2525), try hop(nil, "192.0.2.3", 25)
    ]
    var plan = RoutePlan()
    plan.hops = hops.compactMap { $0 }
    guard case .hosts(let hosts, let site) = DeliveryRoute(.plan(plan)) else { return check(false) }
    #expect(hosts.map(\.description) == ["B.test:25", "a.test:2525", "[192.0.2.3]:25"])
    #expect(hosts.map { $0.address?.description } == ["[192.0.2.1]", "[IPv6:2001:db8::1]", "[192.0.2.3]"])
    plan.hops.reverse()
    guard case .hosts(_, let other) = DeliveryRoute(.plan(plan)) else { return check(false) }
    #expect(site == other && site == [UInt8]("[192.0.2.3]:25,a.test:2525,b.test:25".utf8))
  }
}
