import MailWire
import SMTPCodec

/// What `postoffice send` is told.
struct SendOptions {
  var server: Endpoint
  var sender: ReversePath
  var recipients: [ForwardPath]
  var credentials: Credentials?
  /// The file that holds the message; `-` is standard input.
  var file: String

  init(parsing arguments: ArraySlice<String>) throws(Failure) {
    var scanner = OptionScanner(arguments)
    var server: Endpoint?
    var sender: ReversePath?
    var file: String?
    recipients = []
    while let argument = try scanner.next() {
      switch argument {
      case .option("--server"): server = try scanner.endpoint(of: "--server")
      case .option("--from"):
        let text = try scanner.value(of: "--from")
        sender = text.isEmpty || text == "<>" ? .null : .mailbox(try Self.mailbox(text, of: "--from"))
      case .option("--to"):
        recipients.append(.mailbox(try Self.mailbox(try scanner.value(of: "--to"), of: "--to")))
      case .option("--user"):
        let (user, password) = try scanner.userAndPassword(of: "--user")
        credentials = Credentials(user: user, password: password)
      case .option(let name): throw Failure(.usage, "send has no option \(name)")
      case .operand(let text):
        if file != nil { throw Failure(.usage, "send takes one file") }
        file = text
      }
    }
    guard let server else { throw Failure(.usage, "send needs --server HOST:PORT") }
    guard let sender else { throw Failure(.usage, "send needs --from ADDRESS") }
    guard !recipients.isEmpty else { throw Failure(.usage, "send needs --to ADDRESS") }
    guard let file else { throw Failure(.usage, "send needs a FILE, or - for standard input") }
    self.server = server
    self.sender = sender
    self.file = file
  }

  private static func mailbox(_ text: String, of option: String) throws(Failure) -> Mailbox {
    do { return try Mailbox(text) } catch { throw Failure(.usage, "\(option) needs an address, not \(text)") }
  }
}
