import MailDelivery
import MailWire
import SMTPCodec
import Testing

@testable import PostOffice

private let serve = ["serve", "--directory", "D", "--domain", "a.test", "--account", "x@a.test:p:q@r"]

@Test func optionsAreUnderstood() throws {
  guard case .serve(let options) = try Command(parsing: serve + ["--pop3=[::1]:0", "--size", "100", "--wire"]) else {
    Issue.record("not serve")
    return
  }
  #expect(options.directory == "D" && options.maximumSize == 100 && options.showsWire)
  #expect(options.pop3 == Endpoint(host: "::1", port: 0) && options.smtp == Endpoint(host: "127.0.0.1", port: 2525))
  #expect(options.accounts.map(\.name) == ["x@a.test"] && options.accounts[0].password == .init("p:q@r"))

  let send = ["send", "--server", "localhost:25", "--from", "<>", "--to", "x@a.test", "--to", "y@a.test", "--", "-file"]
  guard case .send(let message) = try Command(parsing: send) else {
    Issue.record("not send")
    return
  }
  #expect(message.sender == .null && message.recipients.count == 2 && message.file == "-file")

  let fetch = ["fetch", "--server", "h:110", "--pop3", "--user", "u:p", "--directory", "M", "--keep"]
  guard case .fetch(let options) = try Command(parsing: fetch) else {
    Issue.record("not fetch")
    return
  }
  #expect(options.keepsMessages && options.directory == "M" && options.user == "u")
  for arguments in [["--help"], ["help"], ["serve", "--help"], ["demo", "-h"]] {
    guard case .help = try Command(parsing: arguments) else {
      Issue.record("not help: \(arguments)")
      continue
    }
  }
}

@Test func relayOptionsAreUnderstood() throws {
  let arguments = [
    "--route", "b.test=10.0.0.1:25,[::1]:2525", "--route", "C.test=mx.c.test:25", "--smart-host", "isp.test:587",
    "--relay-from", "10.0.0.0/8", "--retry", "5m,10m,1h", "--expire", "2d", "--delay-notice", "30s"
  ]
  guard case .serve(let options) = try Command(parsing: serve + arguments) else {
    Issue.record("not serve")
    return
  }
  let relay = options.relay
  #expect(relay.routes.map { $0.targets.count } == [2, 1] && relay.networks.count == 1)
  #expect(relay.routes[0].targets[1].port == 2525 && !relay.routes[1].targets[0].usesExchangers)
  #expect(relay.schedule.intervals == RetryIntervals(.list([.seconds(300), .seconds(600), .seconds(3600)])))
  #expect(relay.schedule.expiry == .seconds(172_800) && relay.schedule.delayNotices == [.seconds(30)])
  let router = relay.router(domains: options.domains, listening: [])
  let table: [(String, Route)] = [
    ("x@a.test", .local), ("x@B.TEST", .relay(relay.routes[0].targets)), ("x@c.test", .relay(relay.routes[1].targets)),
    ("x@d.test", .relay([try #require(relay.smartHost)]))
  ]
  for (address, route) in table { #expect(router.route(.mailbox(try Mailbox(address))) == route, "\(address)") }
  for preset in ["rfc", "postfix", "exim"] { _ = try Command(parsing: serve + ["--retry", preset]) }
}

@Test func networksHoldAddresses() {
  let table: [(network: String, inside: [String], outside: [String])] = [
    ("127.0.0.1", ["127.0.0.1", "::ffff:127.0.0.1"], ["127.0.0.2", "::1", "unknown"]),
    ("10.1.0.0/16", ["10.1.0.0", "10.1.255.255"], ["10.2.0.0", "11.1.0.0"]),
    ("0.0.0.0/0", ["192.0.2.1"], ["::1"]), ("::/0", ["::1"], ["192.0.2.1"]),
    ("2001:db8::/33", ["2001:db8:7fff::1"], ["2001:db8:8000::"]),
    ("2001:db8::a0/124", ["2001:db8::af"], ["2001:db8::b0", "2001:db8:0:1::a0"]), ("fe80::1", ["fe80::1%eth0"], [])
  ]
  for row in table {
    let network = Network(parsing: row.network)
    for host in row.inside { #expect(network?.contains(host) == true, "\(row)") }
    for host in row.outside { #expect(network?.contains(host) == false, "\(row)") }
  }
  for text in ["", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/+8", "a.test"] {
    #expect(Network(parsing: text) == nil, "\(text)")
  }
}

@Test func ordersAreReadAsTheyAreWritten() {
  for text in ["list", "show 1", "hold 2", "release 3", "cancel 18446744073709551615", "flush", "flush b.test"] {
    #expect(QueueOrder(text.split(separator: " ").map(String.init))?.description == text)
  }
}

/// Every mistake gives one line, status 64, and no password.
@Test func mistakesAreExplained() {
  let send = ["send", "--server", "h:25", "--from", "x@a.test", "--to", "y@a.test", "f"]
  let table: [[String]] = [
    [], ["frob"], ["demo", "x"], ["serve"], serve + ["extra"], serve + ["--bogus"], serve + ["--smtp"],
    serve + ["--smtp", "25"], serve + ["--smtp", "h:65536"], serve + ["--smtp", "h:-1"], serve + ["--smtp", "::1:25"],
    serve + ["--size", "0"], serve + ["--size", "many"], serve + ["--wire=yes"], serve + ["--domain", "a b"],
    serve + ["--account", "x@a.test:SECRET"], serve + ["--account", "y@b.test:SECRET"],
    serve + ["--account", ":SECRET"],
    serve + ["--account", "nodomain:SECRET"], serve + ["--account", ".x@a.test:SECRET"],
    serve + ["--account", "a/b@a.test:SECRET"], serve + ["--account", "z@a.test:"], Array(serve.dropLast(2)),
    Array(send.dropLast()), send + ["g"], send + ["--user", "SECRET"], send + ["--to", "nobody"],
    send + ["--from", "@"],
    serve + ["--route", "b.test"], serve + ["--route", "b.test=h"], serve + ["--route", "b.test=h:25,"],
    serve + ["--route", "b.test=h:25,h:0"], serve + ["--route", "b c=h:25"], serve + ["--route", "a.test=h:25"],
    serve + ["--route", "b.test=h:25", "--route", "b.test=h:26"], serve + ["--smart-host", "h"],
    serve + ["--smart-host", "h:25", "--resolver", "h:53"], serve + ["--relay-from", "10.0.0.0/33"],
    serve + ["--relay-from", "h"], serve + ["--retry", ""], serve + ["--retry", "5m,"], serve + ["--retry", "5"],
    serve + ["--retry", "sendmail"], serve + ["--expire", "0d"], serve + ["--expire", "-1d"],
    serve + ["--delay-notice", "soon"], ["queue", "list"], ["queue", "--directory", "d"],
    ["queue", "--directory", "d", "show"], ["queue", "--directory", "d", "hold", "x"],
    ["queue", "--directory", "d", "list", "1"], ["queue", "--directory", "d", "flush", "a", "b"],
    ["fetch", "--server", "h:110", "--user", "u:SECRET", "--directory", "d"],
    ["fetch", "--server", "h:110", "--pop3", "--directory", "d"]
  ]
  for arguments in table {
    do {
      _ = try Command(parsing: arguments)
      Issue.record("accepted: \(arguments)")
    } catch {
      #expect(error.status == .usage && !error.text.contains("SECRET") && !error.text.contains("\n"), "\(arguments)")
    }
  }
}
