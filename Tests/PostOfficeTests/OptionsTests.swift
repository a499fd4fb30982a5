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
