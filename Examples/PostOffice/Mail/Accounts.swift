import MailWire
import SMTPCodec

/// Somebody who has mail here.
struct Account {
  let mailbox: Mailbox
  let password: Secret
  /// The address in lower case without quoting: the name of the folder, and of the user at login.
  let name: String

  /// An account; nil when the address cannot name a folder.
  init?(mailbox: Mailbox, password: Secret) {
    let name = Self.name(of: mailbox)
    guard !name.hasPrefix("."), !name.contains("/"), name.utf8.count <= 200 else { return nil }
    self.mailbox = mailbox
    self.password = password
    self.name = name
  }

  /// This host does not tell upper case from lower case in local parts, as is its right.
  static func name(of mailbox: Mailbox) -> String {
    name(localPart: mailbox.localPart.unquoted, host: mailbox.host.bytes)
  }

  static func name(localPart: [UInt8], host: [UInt8]) -> String {
    String(decoding: localPart + [UInt8(ascii: "@")] + host, as: UTF8.self).lowercased()
  }
}

/// All accounts and the domains that they are in.
struct Accounts {
  /// The first one is this host's own name.
  let domains: [Domain]
  let all: [Account]
  private let byName: [String: Account]

  init(domains: [Domain], accounts: [Account]) {
    self.domains = domains
    all = accounts
    byName = Dictionary(accounts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func isLocal(_ mailbox: Mailbox) -> Bool {
    guard let domain = mailbox.domain else { return false }
    return domains.contains(domain)
  }

  /// Whose address this is.
  func find(_ mailbox: Mailbox) -> Account? {
    let name = Account.name(of: mailbox)
    if let account = byName[name] { return account }
    guard name.hasPrefix("postmaster@"), let domain = mailbox.domain, domains.contains(domain) else { return nil }
    return postmaster(of: domain)
  }

  /// Who gets mail to the postmaster, whom every domain must have:
  /// [RFC 5321 §4.5.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.1).
  func postmaster(of domain: Domain) -> Account? {
    let name = Account.name(localPart: [UInt8]("postmaster".utf8), host: domain.bytes)
    return byName[name] ?? all.first { $0.mailbox.domain == domain } ?? all.first
  }

  /// The account that the credentials prove. Somebody who asks for another's rights does not get them.
  func authenticate(_ credentials: Credentials) -> Account? {
    let name = String(decoding: credentials.user, as: UTF8.self).lowercased()
    let identity = String(decoding: credentials.authorizationIdentity, as: UTF8.self).lowercased()
    guard identity.isEmpty || identity == name else { return nil }
    // Unknown users cost a comparison, too, so that the time does not tell who exists.
    let account = byName[name]
    let isRight = (account?.password ?? credentials.password) == credentials.password
    return isRight ? account : nil
  }
}
