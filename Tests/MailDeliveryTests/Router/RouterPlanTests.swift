import MailDelivery
import MailTestKit
import SMTPCodec
import Testing

/// A row: MX data and addresses as text in, the plan as text out.
///
/// MX: `10 mx1, 20 mx2`, or `-` for none, or an answer in capitals. Addresses: `mx1=192.0.2.1+2001:db8::1 mx2=SERVFAIL`;
/// a name without an entry does not exist. Result: `mx1 192.0.2.1, …`, or `fail 5.1.2`, or `defer 4.4.3`.
struct PlanRow {
  var name: String
  var mx: String
  var addresses: String
  var expected: String
}

@Suite struct RouterPlanTests {
  private let rows: [PlanRow] = [
    .init(name: "one", mx: "10 mx1.d", addresses: "mx1.d=192.0.2.1", expected: "mx1.d 192.0.2.1"),
    .init(
      name: "by preference", mx: "30 c.d, 10 a.d, 20 b.d", addresses: "a.d=192.0.2.1 b.d=192.0.2.2 c.d=192.0.2.3",
      expected: "a.d 192.0.2.1, b.d 192.0.2.2, c.d 192.0.2.3"),
    .init(
      name: "addresses of a host in their order", mx: "10 a.d", addresses: "a.d=192.0.2.9+2001:db8::1+192.0.2.1",
      expected: "a.d 192.0.2.9, a.d 2001:db8::1, a.d 192.0.2.1"),
    // Step 2.
    .init(name: "NXDOMAIN", mx: "NXDOMAIN", addresses: "d.test=192.0.2.1", expected: "fail 5.1.2"),
    .init(name: "SERVFAIL", mx: "SERVFAIL", addresses: "d.test=192.0.2.1", expected: "defer 4.4.3"),
    .init(name: "REFUSED", mx: "REFUSED", addresses: "", expected: "defer 4.4.3"),
    .init(name: "timeout", mx: "TIMEOUT", addresses: "", expected: "defer 4.4.3"),
    .init(name: "bad response", mx: "BAD", addresses: "", expected: "defer 4.4.3"),
    .init(name: "malformed", mx: "MALFORMED", addresses: "", expected: "fail 5.4.4"),
    // Step 3.
    .init(name: "implicit", mx: "-", addresses: "d.test=192.0.2.1", expected: "d.test 192.0.2.1"),
    .init(name: "implicit, no address", mx: "-", addresses: "d.test=-", expected: "fail 5.1.2"),
    .init(name: "implicit, SERVFAIL", mx: "-", addresses: "d.test=SERVFAIL", expected: "defer 4.4.3"),
    .init(name: "no implicit beside MX", mx: "10 gone.d", addresses: "d.test=192.0.2.1", expected: "defer 4.4.4"),
    .init(name: "no implicit beside a bad MX", mx: "10 -bad-", addresses: "d.test=192.0.2.1", expected: "defer 4.4.4"),
    .init(name: "implicit is self", mx: "-", addresses: "d.test=198.51.100.1", expected: "fail 5.4.6"),
    // Step 4.
    .init(name: "null MX", mx: "0 .", addresses: "d.test=192.0.2.1", expected: "fail 5.1.10"),
    .init(name: "null MX, preference", mx: "10 .", addresses: "d.test=192.0.2.1", expected: "fail 5.1.10"),
    .init(name: "null MX twice", mx: "0 ., 10 .", addresses: "", expected: "fail 5.1.10"),
    .init(name: "null MX among others", mx: "0 ., 10 a.d", addresses: "a.d=192.0.2.1", expected: "a.d 192.0.2.1"),
    // Step 6.
    .init(
      name: "self by name", mx: "10 a.d, 20 self.test, 20 b.d, 30 c.d",
      addresses: "a.d=192.0.2.1 b.d=192.0.2.2 c.d=192.0.2.3", expected: "a.d 192.0.2.1"),
    .init(
      name: "self by another name, case", mx: "10 a.d, 20 BACKUP.self.TEST.", addresses: "a.d=192.0.2.1",
      expected: "a.d 192.0.2.1"),
    .init(
      name: "self by address", mx: "10 a.d, 20 b.d, 30 c.d",
      addresses: "a.d=192.0.2.1 b.d=192.0.2.9+198.51.100.1 c.d=192.0.2.3", expected: "a.d 192.0.2.1"),
    .init(
      name: "self by IPv6 address", mx: "10 a.d, 20 b.d", addresses: "a.d=192.0.2.1 b.d=2001:db8::25",
      expected: "a.d 192.0.2.1"),
    .init(
      name: "self by a mapped address", mx: "10 a.d, 20 b.d", addresses: "a.d=192.0.2.1 b.d=::ffff:198.51.100.1",
      expected: "a.d 192.0.2.1"),
    .init(name: "self is best", mx: "10 self.test, 20 a.d", addresses: "a.d=192.0.2.1", expected: "fail 5.4.6"),
    .init(
      name: "self is best, by address", mx: "10 a.d, 20 b.d", addresses: "a.d=198.51.100.1 b.d=192.0.2.1",
      expected: "fail 5.4.6"),
    .init(
      name: "self among the best", mx: "10 a.d, 10 self.test", addresses: "a.d=192.0.2.1", expected: "fail 5.4.6"),
    .init(name: "better ones gone", mx: "10 a.d, 20 self.test", addresses: "a.d=-", expected: "defer 4.4.4"),
    .init(name: "better ones unknown", mx: "10 a.d, 20 self.test", addresses: "a.d=SERVFAIL", expected: "defer 4.4.4"),
    .init(
      name: "self twice", mx: "30 self.test, 20 backup.self.test, 10 a.d, 25 b.d",
      addresses: "a.d=192.0.2.1 b.d=192.0.2.2", expected: "a.d 192.0.2.1"),
    // Step 7.
    .init(name: "MX is an address", mx: "10 192.0.2.5", addresses: "", expected: "- 192.0.2.5"),
    .init(name: "MX is an IPv6 address", mx: "10 2001:db8::5", addresses: "", expected: "- 2001:db8::5"),
    .init(
      name: "MX is the own address", mx: "10 a.d, 20 198.51.100.1", addresses: "a.d=192.0.2.1",
      expected: "a.d 192.0.2.1"),
    .init(name: "MX is an alias", mx: "10 a.d", addresses: "a.d=>b.d b.d=192.0.2.1", expected: "a.d 192.0.2.1"),
    .init(
      name: "MX is a circle", mx: "10 a.d, 20 c.d", addresses: "a.d=>b.d b.d=>a.d c.d=192.0.2.1",
      expected: "c.d 192.0.2.1"),
    .init(name: "MX is only a circle", mx: "10 a.d", addresses: "a.d=>b.d b.d=>a.d", expected: "defer 4.4.3"),
    .init(
      name: "one without address", mx: "10 a.d, 20 b.d", addresses: "a.d=- b.d=192.0.2.2", expected: "b.d 192.0.2.2"),
    .init(name: "one unknown", mx: "10 a.d, 20 b.d", addresses: "a.d=TIMEOUT b.d=192.0.2.2", expected: "b.d 192.0.2.2"),
    .init(name: "none has one", mx: "10 a.d, 20 b.d", addresses: "a.d=- b.d=NXDOMAIN", expected: "defer 4.4.4"),
    .init(
      name: "one gone, one unknown", mx: "10 a.d, 20 b.d", addresses: "a.d=- b.d=SERVFAIL", expected: "defer 4.4.3"),
    .init(
      name: "addresses no host has", mx: "10 a.d", addresses: "a.d=0.0.0.0+224.0.0.1+255.255.255.255+::+ff02::1",
      expected: "defer 4.4.4"),
    .init(name: "the same host twice", mx: "20 a.d, 10 A.D.", addresses: "a.d=192.0.2.1", expected: "A.D 192.0.2.1"),
    .init(
      name: "the same address twice", mx: "10 a.d, 20 b.d", addresses: "a.d=192.0.2.1 b.d=192.0.2.1+192.0.2.2",
      expected: "a.d 192.0.2.1, b.d 192.0.2.2"),
    .init(name: "underscore", mx: "10 mx_1.d", addresses: "mx_1.d=192.0.2.1", expected: "mx_1.d 192.0.2.1"),
    // Step 8.
    .init(
      name: "limit keeps a second host", mx: "10 a.d, 20 b.d",
      addresses: "a.d=192.0.2.1+192.0.2.2+192.0.2.3+192.0.2.4+192.0.2.5+192.0.2.6 b.d=192.0.2.7",
      expected: "a.d 192.0.2.1, a.d 192.0.2.2, a.d 192.0.2.3, a.d 192.0.2.4, b.d 192.0.2.7"),
    .init(
      name: "limit keeps the other family", mx: "10 a.d",
      addresses: "a.d=2001:db8::1+2001:db8::2+2001:db8::3+2001:db8::4+2001:db8::5+192.0.2.7",
      expected: "a.d 2001:db8::1, a.d 2001:db8::2, a.d 2001:db8::3, a.d 2001:db8::4, a.d 192.0.2.7"),
    .init(
      name: "limit over hosts", mx: "1 a.d, 2 b.d, 3 c.d, 4 d.d, 5 e.d, 6 f.d",
      addresses: "a.d=192.0.2.1 b.d=192.0.2.2 c.d=192.0.2.3 d.d=192.0.2.4 e.d=192.0.2.5 f.d=192.0.2.6",
      expected: "a.d 192.0.2.1, b.d 192.0.2.2, c.d 192.0.2.3, d.d 192.0.2.4, e.d 192.0.2.5")
  ]

  @Test func table() throws {
    let domain = MailHost.domain(try Domain("d.test"))
    for row in rows {
      var generator = SplitMix64(seed: 1)
      let zone = Zone(row.addresses)
      let result = try router().plan(
        for: domain, answer: Zone.exchangers(row.mx), addresses: zone.addresses, using: &generator)
      check(text(result) == row.expected, "\(row.name): \(text(result))")
    }
  }

  @Test func canonicalNames() throws {
    let zone = Zone("end.d=192.0.2.1")
    var generator = SplitMix64(seed: 1)
    let chain = { (domain: Domain) -> MXAnswer in
      if domain.description == "end.d" { return .records([]) }
      let number = UInt8(domain.description.dropFirst().prefix { $0.isNumber }) ?? 0
      guard number < 15, let next = try? Domain("h\(number + 1).d") else { return .alias(endOfChain) }
      return .alias(next)
    }
    let start = MailHost.domain(try Domain("h0.d"))
    let result = try router().plan(for: start, exchangers: chain, addresses: zone.addresses, using: &generator)
    check(text(result) == "end.d 192.0.2.1", text(result))
    for target in ["h0.d", "h1.d"] {
      let circle = { (_: Domain) -> MXAnswer in (try? Domain(target)).map { .alias($0) } ?? .malformed }
      let result = try router().plan(for: start, exchangers: circle, addresses: zone.addresses, using: &generator)
      check(text(result) == "defer 4.4.3", text(result))
    }
  }

  @Test func literals() throws {
    let table = [
      ("[192.0.2.7]", "- 192.0.2.7"), ("[IPv6:2001:db8::7]", "- 2001:db8::7"), ("[198.51.100.1]", "fail 5.4.6"),
      ("[x-tag:y]", "fail 5.1.2"), ("[0.0.0.0]", "fail 5.1.2"), ("[IPv6:ff02::1]", "fail 5.1.2")
    ]
    for (literal, expected) in table {
      let bytes = [UInt8](literal.utf8)
      var generator = SplitMix64(seed: 1)
      let result = try router().plan(
        for: MailHost(bytes.span), answer: .nonexistent, addresses: { _ in .nonexistent }, using: &generator)
      check(text(result) == expected, "\(literal): \(text(result))")
    }
  }

  @Test func equalPreferencesAreShuffledEvenly() throws {
    let domain = MailHost.domain(try Domain("d.test"))
    let zone = Zone("a.d=192.0.2.1 b.d=192.0.2.2 c.d=192.0.2.3 z.d=192.0.2.9")
    let answer = Zone.exchangers("20 z.d, 10 a.d, 10 b.d, 10 c.d")
    let router = try router()
    var firsts: [String: Int] = [:]
    var generator = SplitMix64(seed: 7)
    for _ in 0..<300 {
      guard
        case .plan(let plan) = router.plan(for: domain, answer: answer, addresses: zone.addresses, using: &generator)
      else { return check(false) }
      firsts[plan.hops[0].address.description, default: 0] += 1
      check(plan.hops.last?.address.description == "192.0.2.9" && plan.hops.count == 4)
    }
    check(firsts.count == 3 && firsts.values.allSatisfy { $0 > 70 }, "\(firsts)")
    var left = SplitMix64(seed: 3)
    var right = SplitMix64(seed: 3)
    #expect(
      router.plan(for: domain, answer: answer, addresses: zone.addresses, using: &left)
        == router.plan(for: domain, answer: answer, addresses: zone.addresses, using: &right))
  }

  @Test func fallbackRelays() throws {
    let domain = MailHost.domain(try Domain("d.test"))
    var router = try router()
    router.fallbackRelays = [try RelayTarget("[fallback.test]:2525")]
    let table: [(String, String, String)] = [
      ("10 a.d", "a.d=192.0.2.1 fallback.test=192.0.2.99", "a.d 192.0.2.1, fallback.test 192.0.2.99:2525"),
      ("SERVFAIL", "fallback.test=192.0.2.99", "fallback.test 192.0.2.99:2525"),
      ("10 a.d", "fallback.test=192.0.2.99", "fallback.test 192.0.2.99:2525"),
      ("NXDOMAIN", "fallback.test=192.0.2.99", "fail 5.1.2"), ("0 .", "fallback.test=192.0.2.99", "fail 5.1.10"),
      ("10 a.d, 20 self.test", "a.d=192.0.2.1 fallback.test=192.0.2.99", "a.d 192.0.2.1"),
      ("10 self.test", "fallback.test=192.0.2.99", "fail 5.4.6"), ("10 a.d", "a.d=192.0.2.1", "a.d 192.0.2.1"),
      ("SERVFAIL", "", "defer 4.4.3")
    ]
    for (mx, addresses, expected) in table {
      var generator = SplitMix64(seed: 1)
      let result = router.plan(
        for: domain, answer: Zone.exchangers(mx), addresses: Zone(addresses).addresses, using: &generator)
      check(text(result) == expected, "\(mx): \(text(result))")
    }
  }

  @Test func unusableExchangersMayFail() throws {
    var router = try router()
    router.defersUnusableExchangers = false
    var generator = SplitMix64(seed: 1)
    let domain = MailHost.domain(try Domain("d.test"))
    for (addresses, expected) in [("a.d=-", "fail 5.4.4"), ("a.d=SERVFAIL", "defer 4.4.3")] {
      let result = router.plan(
        for: domain, answer: Zone.exchangers("10 a.d"), addresses: Zone(addresses).addresses, using: &generator)
      check(text(result) == expected, text(result))
    }
  }

  private func router() throws -> Router {
    Router(
      identity: HostIdentity(
        names: [try Domain("self.test"), try Domain("backup.self.test")],
        addresses: [.ipv4(0xC633_6401), .ipv6(high: 0x2001_0DB8_0000_0000, low: 0x25)]))
  }
}

private let endOfChain = Domain(unchecked: [101, 110, 100, 46, 100])

func text(_ result: RoutingResult) -> String {
  switch result {
  case .plan(let plan):
    plan.hops.map { hop in
      "\(hop.name?.description ?? "-") \(hop.address)" + (hop.port == 25 ? "" : ":\(hop.port)")
    }.joined(separator: ", ")
  case .failed(let problem): "fail \(problem.status)"
  case .deferred(let problem): "defer \(problem.status)"
  }
}

/// What the DNS says, from the text of a row.
struct Zone {
  private var answers: [Domain: AddressAnswer] = [:]

  init(_ text: String) {
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: "=", maxSplits: 1)
      guard let name = try? Domain(String(parts[0])) else {
        answers[Domain(unchecked: [UInt8](parts[0].utf8))] = .records(Self.list(parts[1]))
        continue
      }
      if let answer: AddressAnswer = Self.special(String(parts[1])) {
        answers[name] = answer
      } else if parts[1].hasPrefix(">"), let target = try? Domain(String(parts[1].dropFirst())) {
        answers[name] = .alias(target)
      } else {
        answers[name] = .records(Self.list(parts[1]))
      }
    }
  }

  func addresses(_ name: Domain) -> AddressAnswer { answers[name] ?? .nonexistent }

  private static func list(_ text: Substring) -> [IPAddress] {
    text.split(separator: "+").compactMap { IPAddress(String($0)) }
  }

  static func exchangers(_ text: String) -> MXAnswer {
    if let answer: MXAnswer = special(text) { return answer }
    return .records(
      text.split(separator: ",").compactMap { entry in
        let parts = entry.split(separator: " ")
        return UInt16(parts[0]).map { MXRecord($0, String(parts[1])) }
      })
  }

  private static func special<Record>(_ text: String) -> DNSAnswer<Record>? {
    switch text {
    case "-": .records([])
    case "NXDOMAIN": .nonexistent
    case "SERVFAIL": .failed(.serverFailure)
    case "REFUSED": .failed(.refused)
    case "TIMEOUT": .failed(.timedOut)
    case "BAD": .failed(.badResponse)
    case "MALFORMED": .malformed
    default: nil
    }
  }
}
