import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@testable import PostOffice

/// A name server in memory that answers from a table of `name type: answer`.
private struct Server {
  var records: [String: String] = [:]
  /// `SERVFAIL`, `REFUSED`, `silent`, for everything.
  var mood = ""
  var log: [String] = []

  /// The response to a query; none when silent.
  mutating func answer(_ query: [UInt8], isStream: Bool) -> [UInt8]? {
    guard let message = DNSMessage(query), let question = message.question else { return nil }
    log.append("\(question.name) \(question.type)\(isStream ? " tcp" : "")")
    let entry = records["\(question.name) \(question.type)"] ?? (mood.isEmpty ? "NXDOMAIN" : mood)
    var header: [UInt8] = [query[0], query[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0]
    var answers: [UInt8] = []
    let endOfQuestion = 12 + question.name.bytes.count + 4
    switch entry {
    case "silent": return nil
    case "NXDOMAIN": header[3] |= 3
    case "SERVFAIL": header[3] |= 2
    case "REFUSED": header[3] |= 5
    case "FORMERR" where query[11] == 1: header[3] |= 1
    case "TC" where !isStream: header[2] |= 2
    case "wrong id": header[1] &+= 1
    case "no response": header[2] = 1
    case "wrong question":
      return header + [1, 120, 0, 0, 15, 0, 1]
    case "cut":
      header[7] = 1
      answers = [0xC0]
    case "bad data":
      header[7] = 1
      answers = question.name.bytes + [0, UInt8(question.type), 0, 1, 0, 0, 0, 9, 0, 1, 7]
    default:
      for part in entry.split(separator: ",") {
        let words = part.split(separator: " ").map(String.init)
        guard words.count == 3, let owner = (try? Domain(words[0])).flatMap({ DNSName($0) }) else { continue }
        header[7] += 1
        var data: [UInt8] = []
        var type: UInt8 = 1
        switch words[1] {
        case "A", "AAAA":
          switch IPAddress(words[2]) {
          case .ipv4(let address): data = (0..<4).map { UInt8(address >> UInt32(24 - $0 * 8) & 255) }
          case .ipv6(let high, let low):
            type = 28
            data = (0..<16).map { UInt8(($0 < 8 ? high : low) >> UInt64(56 - $0 % 8 * 8) & 255) }
          case nil: break
          }
        case "CNAME":
          type = 5
          data = (try? Domain(words[2])).flatMap { DNSName($0) }?.bytes ?? []
        default:
          type = 15
          data = [0, UInt8(words[1]) ?? 0] + ((try? Domain(words[2])).flatMap { DNSName($0) }?.bytes ?? [0])
        }
        answers += owner.bytes + [0, type, 0, 1, 0, 0, 0, 9, 0, UInt8(data.count)] + data
      }
    }
    return header + query[12..<endOfQuestion] + answers
  }
}

/// Asks one question and lets virtual time pass until the answer comes.
private func resolve(
  _ question: RouteLookup.Question, _ servers: inout [Server],
  _ change: (inout DNSResolver.Configuration) -> Void = { _ in }
) -> (answer: String, seconds: Int) {
  var configuration = DNSResolver.Configuration()
  configuration.servers = servers.count
  change(&configuration)
  var resolver = DNSResolver(configuration: configuration)
  var random = SplitMix64(seed: 11)
  var now = Instant.zero
  resolver.ask(question, at: now, using: &random)
  for _ in 0..<500 {
    switch resolver.poll() {
    case .event(.send(let key, let server, let bytes)):
      if let response = servers[server].answer(bytes, isStream: false) {
        resolver.receive(response.span, for: key, at: now)
      }
    case .event(.connect(let key, let server, let bytes)):
      guard let response = servers[server].answer(Array(bytes[2...]), isStream: true) else { continue }
      let framed = [UInt8(response.count >> 8), UInt8(response.count & 255)] + response
      for index in framed.indices {
        resolver.receiveStream(framed.span.extracting(index..<(index + 1)), for: key, at: now)
      }
    case .event(.finished): continue
    case .event(.exchangers(_, let answer)): return ("\(text(answer))", Int(now.nanoseconds / 1_000_000_000))
    case .event(.addresses(_, let answer)): return ("\(text(answer))", Int(now.nanoseconds / 1_000_000_000))
    case .wait(let wait):
      guard let deadline = wait.deadline else { return ("nothing", 0) }
      now = deadline
      resolver.advance(to: now)
    case .write, .transport, .trace: return ("unexpected", 0)
    }
  }
  return ("endless", 0)
}

private func text<Record>(_ answer: DNSAnswer<Record>) -> String {
  switch answer {
  case .records(let records):
    records.map { record in
      if let record = record as? MXRecord { return "\(record.preference) \(describe(record.exchanger))" }
      return "\(record)"
    }.joined(separator: ", ")
  case .nonexistent: "nonexistent"
  case .failed(let failure): "\(failure)"
  case .malformed: "malformed"
  case .alias(let domain): "alias \(domain)"
  }
}

private func describe(_ exchanger: MXRecord.Exchanger) -> String {
  switch exchanger {
  case .host(let domain): domain.description
  case .address(let address): address.description
  case .root: "."
  case .unusable: "?"
  }
}

@Suite struct DNSResolverTests {
  @Test func exchangers() throws {
    let table: [(entries: [String: String], expected: String)] = [
      (["d.test 15": "d.test 10 mx1.d.test,d.test 20 mx2.d.test"], "10 mx1.d.test, 20 mx2.d.test"),
      (["d.test 15": "D.TEST 10 mx1.d.test,other.test 5 evil.test"], "10 mx1.d.test"),
      (["d.test 15": "d.test 0 ."], "0 ."),
      (["d.test 15": ""], ""), ([:], "nonexistent"), (["d.test 15": "TC"], ""), (["d.test 15": "FORMERR"], ""),
      (["d.test 15": "SERVFAIL"], "serverFailure"), (["d.test 15": "REFUSED"], "refused"),
      (["d.test 15": "wrong id"], "timedOut"), (["d.test 15": "wrong question"], "timedOut"),
      (["d.test 15": "no response"], "timedOut"), (["d.test 15": "silent"], "timedOut"),
      (["d.test 15": "cut"], "badResponse"), (["d.test 15": "bad data"], "malformed"),
      (["d.test 15": "d.test CNAME e.test,e.test 10 mx.e.test"], "10 mx.e.test"),
      (["d.test 15": "d.test CNAME e.test", "e.test 15": "e.test 10 mx.e.test"], "10 mx.e.test"),
      (["d.test 15": "d.test CNAME e.test", "e.test 15": ""], ""),
      (["d.test 15": "d.test CNAME e.test"], "nonexistent"), (["d.test 15": "d.test CNAME d.test"], "aliasLoop"),
      (["d.test 15": "d.test CNAME e.test", "e.test 15": "e.test CNAME d.test"], "aliasLoop")
    ]
    for (entries, expected) in table {
      var servers = [Server(records: entries)]
      let result = resolve(.exchangers(of: try Domain("d.test")), &servers)
      check(result.answer == expected, "\(entries): \(result)")
      check(servers[0].log.count <= 40)
    }
    var silent = [Server(mood: "silent")]
    #expect(resolve(.exchangers(of: try Domain("d.test")), &silent) == ("timedOut", 6) && silent[0].log.count == 2)
    var truncated = [Server(records: ["d.test 15": "TC"])]
    _ = resolve(.exchangers(of: try Domain("d.test")), &truncated)
    #expect(truncated[0].log == ["d.test 15", "d.test 15 tcp"])
  }

  @Test func addresses() throws {
    let both = "h.test AAAA 2001:db8::1"
    let table: [(entries: [String: String], expected: String)] = [
      (["h.test 1": "h.test A 192.0.2.1,h.test A 192.0.2.2", "h.test 28": both], "2001:db8::1, 192.0.2.1, 192.0.2.2"),
      (["h.test 1": "h.test A 192.0.2.1", "h.test 28": ""], "192.0.2.1"),
      (["h.test 1": "h.test A 192.0.2.1", "h.test 28": "SERVFAIL"], "192.0.2.1"),
      (["h.test 1": "", "h.test 28": "SERVFAIL"], "serverFailure"), (["h.test 1": "", "h.test 28": ""], ""),
      (["h.test 1": ""], ""), ([:], "nonexistent"), (["h.test 1": "SERVFAIL"], "serverFailure"),
      // The other family does not count where it was not asked for.
      (["h.test 1": both, "h.test 28": ""], "")
    ]
    for (entries, expected) in table {
      var servers = [Server(records: entries)]
      let result = resolve(.addresses(of: try Domain("h.test")), &servers)
      check(result.answer == expected, "\(entries): \(result)")
    }
    var ipv4 = [Server(records: ["h.test 1": "h.test A 192.0.2.1", "h.test 28": both])]
    #expect(resolve(.addresses(of: try Domain("h.test")), &ipv4) { $0.families = [.a] }.answer == "192.0.2.1")
  }

  @Test func otherServersAreTried() throws {
    for mood in ["SERVFAIL", "REFUSED", "silent"] {
      var servers = [Server(mood: mood), Server(records: ["d.test 15": "d.test 10 mx.d.test"])]
      let result = resolve(.exchangers(of: try Domain("d.test")), &servers)
      check(result.answer == "10 mx.d.test" && result.seconds == (mood == "silent" ? 3 : 0), "\(mood) \(result)")
    }
    // No such name is an answer.
    var servers = [Server(), Server(records: ["d.test 15": "d.test 10 mx.d.test"])]
    #expect(resolve(.exchangers(of: try Domain("d.test")), &servers).answer == "nonexistent")
  }

  /// Whatever arrives, nothing traps, and each question gets one answer.
  @Test func anyOctets() throws {
    var random = SplitMix64(seed: 21)
    for _ in 0..<500 {
      var resolver = DNSResolver(configuration: .init())
      resolver.ask(.addresses(of: try Domain("h.test")), at: .zero, using: &random)
      var answers = 0
      var now = Instant.zero
      loop: for _ in 0..<200 {
        switch resolver.poll() {
        case .event(.send(let key, _, let query)):
          var bytes = query + (0..<random.below(30)).map { _ in UInt8(random.below(256)) }
          bytes[2] = 0x81
          if random.below(2) == 0 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
          resolver.receive(bytes.span, for: key, at: now)
        case .event(.connect(let key, _, let query)):
          let bytes = (query + query).map { random.below(20) == 0 ? UInt8(random.below(256)) : $0 }
          resolver.receiveStream(bytes.span, for: key, at: now)
          if random.below(2) == 0 { resolver.fail(key, at: now) }
        case .event(.addresses): answers += 1
        case .event: continue
        case .wait(let wait):
          guard let deadline = wait.deadline else { break loop }
          now = deadline
          resolver.advance(to: now)
        case .write, .transport, .trace: check(false)
        }
      }
      check(answers == 1, "\(answers)")
    }
  }
}
