import SMTP
import SMTPCodec

/// Who may send what to whom.
struct Policy {
  /// What a port is for.
  enum Role {
    /// Mail from other hosts for the accounts of this one.
    case exchange
    /// Mail from the accounts of this host.
    case submission
  }

  let role: Role
  let accounts: Accounts
  /// The ways to other hosts; nil for none.
  var routes: RouteFinder?
  /// Whether the peer may send to other domains without a login.
  var isTrusted = false

  /// Why `account`, or a stranger, may not send in the name of `sender`; nil when he may.
  func refusal(of sender: ReversePath, from account: Account?) -> SMTPReply? {
    guard role == .submission else { return nil }
    guard let account else { return .authenticationRequired }
    if case .mailbox(let mailbox) = sender, accounts.find(mailbox)?.name == account.name { return nil }
    return SMTPReply(550, .init(5, 7, 1), "Not your address")
  }

  /// Whose mail this is.
  ///
  /// The answer does not depend on the sender, so a message with the null reverse-path reaches nobody else either.
  func account(for path: ForwardPath) -> Decision {
    switch path {
    case .postmaster:
      return accounts.domains.first.flatMap(accounts.postmaster).map(Decision.deliver) ?? .refuse(.noSuchUser)
    case .mailbox(let mailbox):
      if let account = accounts.find(mailbox) { return .deliver(account) }
      if accounts.isLocal(mailbox) { return .refuse(.noSuchUser) }
      // Whoever is on the submission port has logged in before he names a recipient.
      guard role == .submission || isTrusted else { return .refuse(.relayingDenied) }
      if let routes, routes.leads(to: mailbox) { return .relay(mailbox) }
      return .refuse(SMTPReply(550, .init(5, 7, 1), "No route: mail goes to local domains only"))
    }
  }

  /// What becomes of a recipient.
  enum Decision {
    case deliver(Account)
    case relay(Mailbox)
    case refuse(SMTPReply)
  }
}
