import MailDelivery
import MailWire
import SMTP
import SMTPCodec
import Testing

@testable import PostOffice

private func accounts(_ addresses: [String]) throws -> Accounts {
  let accounts = try addresses.map { address in
    try #require(Account(mailbox: try Mailbox(address), password: Secret("pw " + address)))
  }
  return Accounts(domains: [try Domain("Website.test"), try Domain("domain.test")], accounts: accounts)
}

@Test func recipientsAreFoundOrRefused() throws {
  let accounts = try accounts(["Susan@website.test", "robert@domain.test", "\"a b\"@domain.test"])
  let table: [(path: String?, exchange: String, submission: String)] = [
    ("susan@WEBSITE.TEST", "susan@website.test", "susan@website.test"),
    ("\"Robert\"@domain.test", "robert@domain.test", "robert@domain.test"),
    ("\"A B\"@domain.test", "a b@domain.test", "a b@domain.test"),
    ("nobody@domain.test", "550 5.1.1", "550 5.1.1"),
    ("robert@website.test", "550 5.1.1", "550 5.1.1"),
    ("robert@sub.domain.test", "550 5.7.1", "550 5.7.1"),
    ("robert@[127.0.0.1]", "550 5.7.1", "550 5.7.1"),
    ("Postmaster@domain.test", "robert@domain.test", "robert@domain.test"),
    ("postmaster@elsewhere.test", "550 5.7.1", "550 5.7.1"),
    (nil, "susan@website.test", "susan@website.test")
  ]
  for row in table {
    let path = try row.path.map { ForwardPath.mailbox(try Mailbox($0)) } ?? .postmaster
    for (role, expected) in [(Policy.Role.exchange, row.exchange), (.submission, row.submission)] {
      switch Policy(role: role, accounts: accounts).account(for: path) {
      case .deliver(let account): #expect(account.name == expected, "\(row)")
      case .relay: Issue.record("relayed: \(row)")
      case .refuse(let reply): #expect(reply.description.hasPrefix(expected + " "), "\(row)")
      }
    }
  }
  let withPostmaster = try PostOfficeTests.accounts(["susan@website.test", "postmaster@website.test"])
  guard case .deliver(let account) = Policy(role: .exchange, accounts: withPostmaster).account(for: .postmaster) else {
    Issue.record("no postmaster")
    return
  }
  #expect(account.name == "postmaster@website.test")
}

@Test func mailForOthersIsForThoseWhoMay() throws {
  let accounts = try accounts(["susan@website.test"])
  var options = RelayOptions()
  options.routes = [(try Domain("partner.test"), [try RelayTarget("[127.0.0.1]:25")])]
  let routes = RouteFinder(router: options.router(domains: accounts.domains, listening: []))
  let table: [(path: String, isTrusted: Bool, exchange: String, submission: String)] = [
    ("pat@Partner.test", false, "550 5.7.1 Relaying denied", "relay"), ("pat@partner.test", true, "relay", "relay"),
    ("pat@elsewhere.test", true, "550 5.7.1 No route", "550 5.7.1 No route"),
    ("nobody@website.test", true, "550 5.1.1", "550 5.1.1"), ("susan@website.test", true, "deliver", "deliver")
  ]
  for row in table {
    for (role, expected) in [(Policy.Role.exchange, row.exchange), (.submission, row.submission)] {
      let policy = Policy(role: role, accounts: accounts, routes: routes, isTrusted: row.isTrusted)
      let decision =
        switch policy.account(for: .mailbox(try Mailbox(row.path))) {
        case .deliver: "deliver"
        case .relay: "relay"
        case .refuse(let reply): reply.description
        }
      #expect(decision.hasPrefix(expected), "\(row)")
    }
  }
}

@Test func onlySubmissionLooksAtTheSender() throws {
  let accounts = try accounts(["susan@website.test", "robert@domain.test"])
  let susan = accounts.all[0]
  let table: [(sender: String?, account: Account?, expected: String?)] = [
    ("susan@website.test", susan, nil), ("SUSAN@Website.Test", susan, nil), ("postmaster@website.test", susan, nil),
    ("robert@domain.test", susan, "550 5.7.1"), ("susan@elsewhere.test", susan, "550 5.7.1"), (nil, susan, "550 5.7.1"),
    ("susan@website.test", nil, "530 5.7.0")
  ]
  for row in table {
    let sender = try row.sender.map { ReversePath.mailbox(try Mailbox($0)) } ?? .null
    let refusal = Policy(role: .submission, accounts: accounts).refusal(of: sender, from: row.account)
    #expect(refusal.map { String($0.description.prefix(9)) } == row.expected, "\(row)")
    #expect(Policy(role: .exchange, accounts: accounts).refusal(of: sender, from: nil) == nil)
  }
}

@Test func credentialsProveOneAccount() throws {
  let accounts = try accounts(["susan@website.test", "robert@domain.test"])
  let table: [(identity: String, user: String, password: String, expected: String?)] = [
    ("", "susan@website.test", "pw susan@website.test", "susan@website.test"),
    ("", "Susan@Website.Test", "pw susan@website.test", "susan@website.test"),
    ("SUSAN@website.test", "susan@website.test", "pw susan@website.test", "susan@website.test"),
    ("robert@domain.test", "susan@website.test", "pw susan@website.test", nil),
    ("", "susan@website.test", "pw Susan@website.test", nil), ("", "susan@website.test", "", nil),
    ("", "susan", "pw susan@website.test", nil), ("", "nobody@website.test", "", nil),
    ("", "nobody@website.test", "x", nil)
  ]
  for row in table {
    let credentials = Credentials(
      authorizationIdentity: [UInt8](row.identity.utf8), user: [UInt8](row.user.utf8), password: Secret(row.password))
    #expect(accounts.authenticate(credentials)?.name == row.expected, "\(row)")
  }
}
