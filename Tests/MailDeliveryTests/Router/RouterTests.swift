import MailDelivery
import MailTestKit
import SMTPCodec
import Testing

@Suite struct RouterTests {
  private func router() throws -> Router {
    var router = Router(
      identity: HostIdentity(names: [try Domain("mail.website.test")], addresses: [.ipv4(0x7F00_0001)]))
    router.domains["website.test"] = .local
    router.domains[".website.test"] = .reject(.init(550, .init(5, 1, 2), "No such host"))
    router.domains["lists.website.test"] = .discard
    router.domains["partner.test"] = .relay([try RelayTarget("[10.0.0.1]:2525"), try RelayTarget("partner.example")])
    router.domains[".partner.test"] = .exchangers
    router.aliases[try Mailbox("all@website.test")] = [
      try Mailbox("susan@website.test"), try Mailbox("robert@domain.test"), try Mailbox("SUSAN@website.test")
    ]
    router.aliases[try Mailbox("Postmaster@website.test")] = [try Mailbox("susan@website.test")]
    router.aliases[try Mailbox("susan@website.test")] = [
      try Mailbox("susan@website.test"), try Mailbox("susan@elsewhere.test")
    ]
    router.aliases[try Mailbox("a@website.test")] = [try Mailbox("b@website.test")]
    router.aliases[try Mailbox("b@website.test")] = [try Mailbox("a@website.test")]
    return router
  }

  @Test func routes() throws {
    let router = try router()
    let table: [(String, String)] = [
      ("robert@website.test", "local"), ("robert@WEBSITE.test", "local"), ("x@a.website.test", "rejected 550 5.1.2"),
      ("x@a.b.website.test", "rejected 550 5.1.2"), ("x@lists.website.test", "discard"),
      ("x@website.test.example", "exchangers website.test.example"),
      ("x@notwebsite.test", "exchangers notwebsite.test"),
      ("x@partner.test", "relay 2"), ("x@mail.partner.test", "exchangers mail.partner.test"),
      ("x@domain.test", "exchangers domain.test"), ("x@[127.0.0.1]", "local"), ("x@[IPv6:::ffff:127.0.0.1]", "local"),
      ("x@[192.0.2.1]", "exchangers [192.0.2.1]"), ("ALL@website.test", "alias 3"),
      ("postmaster@WEBSITE.TEST", "alias 1")
    ]
    for (address, expected) in table {
      let found = text(router.route(.mailbox(try Mailbox(address))))
      check(found == expected, "\(address): \(found)")
    }
    #expect(router.route(.postmaster) == .local)
    for (host, isSent) in [
      ("domain.test", true), ("partner.test", true), ("website.test", false), ("lists.website.test", false),
      ("a.website.test", false), ("[127.0.0.1]", false), ("[192.0.2.1]", true)
    ] {
      let bytes = [UInt8](host.utf8)
      check((router.destination(of: try MailHost(bytes.span)) != nil) == isSent, host)
    }
    var smart = router
    smart.domains["*"] = .relay([try RelayTarget("[smart.test]:587")])
    smart.domains["nonsense domain"] = .discard
    smart.aliases[try Mailbox("postmaster@mail.website.test")] = [try Mailbox("susan@website.test")]
    #expect(text(smart.route(.mailbox(try Mailbox("x@domain.test")))) == "relay 1")
    #expect(text(smart.route(.postmaster)) == "alias 1")
  }

  @Test func aliases() throws {
    let router = try router()
    let table: [(String, String)] = [
      ("robert@website.test", "robert@website.test"),
      // `susan` stands for herself and another mailbox; nobody gets a message twice.
      ("all@website.test", "susan@website.test robert@domain.test susan@elsewhere.test"),
      ("postmaster@website.test", "susan@website.test susan@elsewhere.test"),
      ("a@website.test", "fail 5.4.6")
    ]
    for (address, expected) in table {
      let found: String
      do throws(RouteProblem) {
        found = try router.expand(.mailbox(Mailbox(literal: address))).map {
          "\($0.recipient)".filter { !"<>".contains($0) }
        }
        .joined(separator: " ")
      } catch { found = "fail \(error.status)" }
      check(found == expected, "\(address): \(found)")
    }
    var deep = router
    for number in 0..<20 {
      deep.aliases[try Mailbox("n\(number)@website.test")] = [try Mailbox("n\(number + 1)@website.test")]
    }
    #expect(throws: RouteProblem.self) { try deep.expand(.mailbox(Mailbox("n0@website.test"))) }
    #expect(try deep.expand(.mailbox(Mailbox("n12@website.test"))).count == 1)
    var wide = router
    wide.limits.expandedRecipients = 100
    wide.aliases[try Mailbox("wide@website.test")] = try (0..<101).map { try Mailbox("w\($0)@website.test") }
    #expect(throws: RouteProblem.self) { try wide.expand(.mailbox(Mailbox("wide@website.test"))) }
  }

  @Test func relayTargets() throws {
    let table: [(String, String?)] = [
      ("[mail.isp.test]:587", "mail.isp.test 587 host"), ("[mail.isp.test]", "mail.isp.test 25 host"),
      ("isp.test", "isp.test 25 mx"), ("isp.test:26", "isp.test 26 mx"), ("[192.0.2.1]:2525", "[192.0.2.1] 2525 host"),
      ("[2001:db8::1]:26", "[IPv6:2001:db8::1] 26 host"), ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1] 25 host"),
      ("", nil), ("[", nil), ("[]", nil), ("isp.test:", nil), ("isp.test:0", nil), ("isp.test:65536", nil),
      ("isp.test:99999999999999999999", nil), ("[isp.test]25", nil), ("[isp.test]:", nil), ("isp test", nil),
      (":25", nil)
    ]
    for (text, expected) in table {
      let target = try? RelayTarget(text)
      let found = target.map { "\($0.host) \($0.port) \($0.usesExchangers ? "mx" : "host")" }
      check(found == expected, "\(text): \(found ?? "-")")
    }
  }

  @Test func addresses() throws {
    let table: [(String, String?)] = [
      ("192.0.2.7", "192.0.2.7"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::", "::"), ("::1", "::1"),
      ("1::", "1::"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
      ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"), ("::ffff:192.0.2.7", "::ffff:192.0.2.7"), ("", nil), ("192.0.2", nil),
      ("mx.test", nil), ("[::1]", nil), ("1::2::3", nil)
    ]
    for (text, expected) in table {
      check(IPAddress(text)?.description == expected, "\(text): \(IPAddress(text)?.description ?? "-")")
    }
    var random = SplitMix64(seed: 3)
    for _ in 0..<500 {
      let high = random.next() & (random.below(2) == 0 ? 0xFFFF_0000_0000_FFFF : .max)
      let low = random.next() & (random.below(2) == 0 ? 0xFFFF : .max)
      let address = IPAddress.ipv6(high: high, low: low)
      check(IPAddress(address.description) == address, address.description)
    }
  }

  /// A configured server: its own list in order, MX of a domain, this server itself.
  @Test func relayLookups() throws {
    let zone = Zone("a.r=192.0.2.1 b.r=192.0.2.2+192.0.2.3 mx.p=192.0.2.9 self.r=127.0.0.1 gone.r=SERVFAIL")
    let table: [([String], String)] = [
      (["[a.r]:26", "[b.r]"], "a.r 192.0.2.1:26, b.r 192.0.2.2, b.r 192.0.2.3"),
      (["p.test:2525"], "mx.p 192.0.2.9:2525"), (["[192.0.2.77]:24"], "- 192.0.2.77:24"),
      (["[gone.r]", "[a.r]"], "a.r 192.0.2.1"), (["[gone.r]"], "defer 4.4.3"), (["[nowhere.r]"], "defer 4.4.4"),
      (["[self.r]"], "defer 4.4.6"), (["[self.r]:2525"], "self.r 127.0.0.1:2525"),
      (["[self.r]", "[a.r]"], "a.r 192.0.2.1"), ([], "defer 4.4.4")
    ]
    for (targets, expected) in table {
      var lookup = RouteLookup(.relay(try targets.map { try RelayTarget($0) }), router: try router())
      var generator = SplitMix64(seed: 1)
      var result: RoutingResult?
      for _ in 0..<10 {
        switch lookup.next(using: &generator) {
        case .done(let found): result = found
        case .ask(let questions):
          for question in questions {
            switch question {
            case .exchangers(let domain): lookup.answer(.records([MXRecord(10, "mx.p")]), exchangersOf: domain)
            case .addresses(let domain): lookup.answer(zone.addresses(domain), addressesOf: domain)
            }
          }
        }
      }
      let found = result.map { MailDeliveryTests.text($0) } ?? "nothing"
      check(found == expected, "\(targets): \(found)")
    }
  }

  /// Zones made to hurt: the number of questions is bounded, a plan is never empty and never names this server.
  @Test func hostileZones() throws {
    var random = SplitMix64(seed: 8)
    let router = try router()
    let own = IPAddress.ipv4(0x7F00_0001)
    for round in 0..<300 {
      let count = round % 10 == 0 ? 5000 : random.below(30)
      let records = (0..<count).map { _ -> MXRecord in
        let names = [
          "h\(random.below(5000)).test", ".", "127.0.0.1", "-", "MAIL.website.test", "x y", "::1", "", "a..b"
        ]
        let name = random.below(8) > 0 ? names[0] : names[random.below(names.count)]
        return MXRecord(UInt16(random.below(4)), name)
      }
      var lookup = RouteLookup(.exchangers(of: .domain(try Domain("d.test"))), router: router)
      var questions = 0
      search: while true {
        switch lookup.next(using: &random) {
        case .done(let result):
          if case .plan(let plan) = result {
            check(!plan.hops.isEmpty && plan.hops.count <= 5 && !plan.hops.contains { $0.address == own })
          }
          break search
        case .ask(let open):
          questions += open.count
          for question in open {
            switch question {
            case .exchangers(let domain): lookup.answer(.records(records), exchangersOf: domain)
            case .addresses(let domain):
              let answers: [AddressAnswer] = [
                .records([.ipv4(0xC000_0200 | UInt32(random.below(256)))]), .records([]), .failed(.timedOut),
                .nonexistent,
                .records([own]), .records([.ipv4(0)]), .malformed, .alias(try Domain("h\(random.below(5000)).test")),
                .records((0..<1000).map { .ipv6(high: 0x2001_0DB8 << 32, low: UInt64($0)) })
              ]
              lookup.answer(answers[random.below(answers.count)], addressesOf: domain)
            }
          }
        }
      }
      check(questions <= 1 + router.limits.hosts * (router.limits.aliases + 1), "\(questions)")
    }
  }

  private func text(_ route: Route) -> String {
    switch route {
    case .local: "local"
    case .alias(let targets): "alias \(targets.count)"
    case .relay(let targets): "relay \(targets.count)"
    case .exchangers(let host): "exchangers \(host)"
    case .discard: "discard"
    case .rejected(let reply): "rejected \(reply.code) \(reply.status?.description ?? "")"
    }
  }
}

extension Mailbox {
  /// A mailbox of the test's own, known to be well-formed.
  fileprivate init(literal: String) {
    let parts = literal.split(separator: "@")
    self.init(
      LocalPart(unchecked: [UInt8](parts[0].utf8)), at: .domain(Domain(unchecked: [UInt8](parts[1].utf8))))
  }
}
