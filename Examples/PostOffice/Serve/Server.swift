import IMAP
import MailWire
import POP3
import POP3Codec
import SMTP
import SMTPCodec

/// The mail host: its listeners, mail for other hosts, and the sessions that they open in one event loop.
struct Server {
  private(set) var smtp = Endpoint(host: "", port: 0)
  private(set) var submission = Endpoint(host: "", port: 0)
  private(set) var pop3 = Endpoint(host: "", port: 0)
  /// Nil when it is not offered.
  private(set) var imap: Endpoint?

  private let options: ServeOptions
  private let store: MailStore
  private let loop: EventLoop
  private let wire: WireLog
  /// Mail for other hosts.
  let relay: Relay
  private let routes: RouteFinder

  /// Listens at once.
  ///
  /// - Parameter outgoing: where the conversations with other hosts are shown, if not with the rest.
  init(
    options: ServeOptions, store: MailStore, loop: EventLoop, outgoing: WireLog? = nil
  ) throws(SystemError) {
    self.options = options
    self.store = store
    self.loop = loop
    wire = WireLog(isOn: options.showsWire)
    let router = options.relay.router(domains: options.domains, listening: [options.smtp, options.submission])
    let routes =
      options.relay.resolver.map { DNSRouteFinder(router: router, server: $0, loop: loop) }
      ?? RouteFinder(router: router)
    self.routes = routes
    relay = try Relay(
      name: options.domains[0], options: options.relay, routes: routes, store: store, loop: loop,
      wire: outgoing ?? wire)
    smtp = try listen(for: .exchange, on: options.smtp)
    submission = try listen(for: .submission, on: options.submission)
    pop3 = try listenForPOP3(on: options.pop3)
    if let endpoint = options.imap { imap = try listenForIMAP(on: endpoint) }
    relay.begin()
    MailboxWatch(hub: store.hub, loop: loop).begin()
  }

  /// What tells whoever started the server that it can be used.
  var readyLine: String {
    "ready smtp=\(smtp) submission=\(submission) pop3=\(pop3)" + (imap.map { " imap=\($0)" } ?? "")
  }

  private func listen(for role: Policy.Role, on endpoint: Endpoint) throws(SystemError) -> Endpoint {
    let (store, loop, wire, relay) = (store, loop, wire, relay)
    let policy = Policy(role: role, accounts: store.accounts, routes: routes)
    let name = role == .exchange ? "smtp" : "submission"
    let options = options
    return try bind(endpoint) { descriptor, peer, isLoopback in
      var configuration = SMTPServerConfiguration(name: store.accounts.domains[0])
      configuration.maximumMessageSize = options.maximumSize
      configuration.hostAnswers = .data
      configuration.offersAuthentication = role == .submission
      configuration.requiresAuthentication = role == .submission
      // Our own users' scripts end lines as their system does. The end of a message is CRLF, dot, CRLF all the same.
      configuration.contentPolicy = role == .submission ? .normalise : .reject
      // Nobody listens in on a connection that does not leave the machine.
      configuration.allowsPlaintextAuthentication = isLoopback
      configuration.tracing = options.showsWire
      var policy = policy
      policy.isTrusted = options.relay.networks.contains { $0.contains(peer.host) }
      SMTPSession(
        configuration: configuration, policy: policy, relay: relay, peer: peer, descriptor: descriptor, loop: loop,
        trace: wire.nextTrace(name)
      ).start()
    }
  }

  private func listenForPOP3(on endpoint: Endpoint) throws(SystemError) -> Endpoint {
    let (store, loop, wire, options) = (store, loop, wire, options)
    return try bind(endpoint) { descriptor, _, isLoopback in
      var configuration = POP3ServerConfiguration()
      configuration.allowsPlaintextAuthentication = isLoopback
      configuration.tracing = options.showsWire
      POP3Session(
        configuration: configuration, store: store, descriptor: descriptor, loop: loop, trace: wire.nextTrace("pop3")
      ).start()
    }
  }

  private func listenForIMAP(on endpoint: Endpoint) throws(SystemError) -> Endpoint {
    let (store, loop, wire, options) = (store, loop, wire, options)
    return try bind(endpoint) { descriptor, _, isLoopback in
      var configuration = IMAPServerConfiguration()
      configuration.allowsPlaintextAuthentication = isLoopback
      configuration.additionalCapabilities = IMAPSession.capabilities(maximumSize: options.maximumSize)
      configuration.tracing = options.showsWire
      IMAPSession(
        configuration: configuration, store: store, maximumSize: options.maximumSize, descriptor: descriptor,
        loop: loop, trace: wire.nextTrace("imap")
      ).start()
    }
  }

  private func bind(
    _ endpoint: Endpoint, open: @escaping (consuming Descriptor, _ peer: Endpoint, _ isLoopback: Bool) -> Void
  ) throws(SystemError) -> Endpoint {
    do throws(SystemError) { return try Listener(on: endpoint, loop: loop, open: open).local } catch {
      throw SystemError("cannot listen on \(endpoint)", code: error.code)
    }
  }
}
