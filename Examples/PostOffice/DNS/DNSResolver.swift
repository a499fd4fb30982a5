import MailDelivery
import MailWire
import SMTPCodec

/// A stub resolver without I/O: questions of a ``RouteLookup`` go in, datagrams come out, and answers at the end.
///
/// The host sends each datagram from a socket of its own, so that the port is as hard to guess as the identifier, and gives
/// back what arrives there. A response counts when server, identifier and question are those of the query; anything else is
/// as if it had not come. A truncated response is asked for again over TCP.
struct DNSResolver: Machine, ~Copyable {
  struct Configuration {
    /// How many name servers there are; they are tried in turn.
    var servers = 1
    /// How long to wait for a datagram.
    var timeout = Duration.seconds(3)
    /// How long to wait for the whole response over TCP.
    var streamTimeout = Duration.seconds(10)
    /// How often to ask all servers.
    var rounds = 2
    /// Which addresses to ask for, the first first.
    var families: [DNSType] = [.aaaa, .a]
    /// The most CNAME records to follow.
    var aliases = 16
  }

  enum Event: Sendable, Hashable {
    /// Send a datagram to a server, and report what comes with the key.
    case send(key: Int, server: Int, [UInt8])
    /// Connect to a server, send these octets and report what comes with the key. The datagram socket is done with.
    case connect(key: Int, server: Int, [UInt8])
    /// The key's sockets are done with.
    case finished(key: Int)
    case exchangers(of: Domain, MXAnswer)
    case addresses(of: Domain, AddressAnswer)
  }

  let configuration: Configuration
  var queries: [Int: DNSQuery] = [:]
  var lookups: [RouteLookup.Question: DNSLookup] = [:]
  var events: [Event] = []
  private var lastKey = 0
  private(set) var now = Instant.zero

  init(configuration: Configuration) { self.configuration = configuration }

  /// Asks a question. One that is being asked already is not asked twice.
  ///
  /// - Parameter generator: makes identifiers that nobody can guess.
  mutating func ask(
    _ question: RouteLookup.Question, at now: Instant, using generator: inout some RandomNumberGenerator
  ) {
    advance(to: now)
    guard lookups[question] == nil else { return }
    let (domain, types): (Domain, [DNSType]) =
      switch question {
      case .exchangers(let domain): (domain, [.mx])
      case .addresses(let domain): (domain, configuration.families)
      }
    lookups[question] = DNSLookup(types: types)
    guard let name = DNSName(domain) else {
      for type in types { settle(question, type, .malformed) }
      return
    }
    for type in types {
      lastKey += 1
      queries[lastKey] = DNSQuery(question: question, name: name, type: type, identifiers: generator.next())
      send(lastKey)
    }
  }

  /// Takes a datagram that came in answer to one that was sent with this key, from that server's address.
  mutating func receive(_ datagram: Span<UInt8>, for key: Int, at now: Instant) {
    advance(to: now)
    guard let query = queries[key], !query.usesStream else { return }
    take(Self.bytes(datagram), for: key)
  }

  /// Takes octets of the connection with this key.
  mutating func receiveStream(_ octets: Span<UInt8>, for key: Int, at now: Instant) {
    advance(to: now)
    guard var query = queries[key], query.usesStream else { return }
    query.inbox += Self.bytes(octets)
    queries[key] = query
    guard query.inbox.count >= 2 else { return }
    let length = Int(query.inbox[0]) << 8 | Int(query.inbox[1])
    guard query.inbox.count >= length + 2 else { return }
    take(Array(query.inbox[2..<(length + 2)]), for: key)
    // Over TCP there is no second chance for the right answer to come.
    if let after = queries[key], after.attempt == query.attempt { retry(key, .badResponse) }
  }

  /// Takes the news that the connection with this key failed or ended, or that the datagram could not be sent.
  mutating func fail(_ key: Int, at now: Instant) {
    advance(to: now)
    retry(key, .timedOut)
  }

  mutating func advance(to now: Instant) {
    self.now = max(self.now, now)
    for key in queries.keys.sorted() {
      if let query = queries[key], query.deadline <= self.now { retry(key, .timedOut) }
    }
  }

  mutating func poll() -> Output<Event> {
    guard events.isEmpty else { return .event(events.removeFirst()) }
    return .wait(Wait(reading: !queries.isEmpty, deadline: queries.values.map(\.deadline).min()))
  }

  private static func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }
}
