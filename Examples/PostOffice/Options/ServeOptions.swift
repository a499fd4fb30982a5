import MailWire
import SMTPCodec

/// What `postoffice serve` is told.
struct ServeOptions {
  var directory = ""
  var domains: [Domain] = []
  var accounts: [Account] = []
  var smtp = Endpoint(host: "127.0.0.1", port: 2525)
  var submission = Endpoint(host: "127.0.0.1", port: 2587)
  var pop3 = Endpoint(host: "127.0.0.1", port: 2110)
  /// Nil, the default, offers no IMAP.
  var imap: Endpoint?
  /// The largest message in octets.
  var maximumSize: UInt64 = 25 << 20
  var showsWire = false
  var relay = RelayOptions()

  init() {}

  init(parsing arguments: ArraySlice<String>) throws(Failure) {
    var scanner = OptionScanner(arguments)
    while let argument = try scanner.next() {
      switch argument {
      case .option("--directory"): directory = try scanner.value(of: "--directory")
      case .option("--domain"): domains.append(try Self.domain(try scanner.value(of: "--domain")))
      case .option("--account"): accounts.append(try Self.account(try scanner.userAndPassword(of: "--account")))
      case .option("--smtp"): smtp = try scanner.endpoint(of: "--smtp")
      case .option("--submission"): submission = try scanner.endpoint(of: "--submission")
      case .option("--pop3"): pop3 = try scanner.endpoint(of: "--pop3")
      case .option("--imap"): imap = try scanner.endpoint(of: "--imap")
      case .option("--size"): maximumSize = try Self.size(try scanner.value(of: "--size"))
      case .option("--wire"): showsWire = true
      case .option(let name):
        guard try relay.take(name, from: &scanner) else { throw Failure(.usage, "serve has no option \(name)") }
      case .operand(let text): throw Failure(.usage, "serve does not know what to do with \(text)")
      }
    }
    try check()
  }

  private func check() throws(Failure) {
    if directory.isEmpty { throw Failure(.usage, "serve needs --directory DIR") }
    if domains.isEmpty { throw Failure(.usage, "serve needs --domain NAME") }
    if accounts.isEmpty { throw Failure(.usage, "serve needs --account ADDRESS:PASSWORD") }
    if let route = relay.routes.first(where: { domains.contains($0.domain) }) {
      throw Failure(.usage, "--route leads away from the host's own domain \(route.domain)")
    }
    if relay.smartHost != nil, relay.resolver != nil {
      throw Failure(.usage, "--smart-host takes all mail, so there is nothing to ask --resolver about")
    }
    var known: Set<String> = []
    for account in accounts {
      guard let domain = account.mailbox.domain, domains.contains(domain) else {
        throw Failure(.usage, "the account \(account.name) is in none of the domains")
      }
      guard known.insert(account.name).inserted else {
        throw Failure(.usage, "the account \(account.name) is given twice")
      }
    }
  }

  private static func domain(_ text: String) throws(Failure) -> Domain {
    do { return try Domain(text) } catch { throw Failure(.usage, "--domain needs a domain name, not \(text)") }
  }

  private static func account(_ parts: (user: String, password: String)) throws(Failure) -> Account {
    guard
      let mailbox = try? Mailbox(parts.user),
      let account = Account(mailbox: mailbox, password: Secret(parts.password))
    else { throw Failure(.usage, "--account needs an address that can name a folder, not \(parts.user)") }
    return account
  }

  private static func size(_ text: String) throws(Failure) -> UInt64 {
    guard let size = UInt64(text), size > 0 else {
      throw Failure(.usage, "--size needs a number of octets, not \(text)")
    }
    return size
  }
}
