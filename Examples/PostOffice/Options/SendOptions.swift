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

  init(parsing arguments: ArraySlice<String>) throws(UsageError) {
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
      case .option(let name): throw UsageError("send has no option \(name)")
      case .operand(let text):
        if file != nil { throw UsageError("send takes one file") }
        file = text
      }
    }
    guard let server else { throw UsageError("send needs --server HOST:PORT") }
    guard let sender else { throw UsageError("send needs --from ADDRESS") }
    guard !recipients.isEmpty else { throw UsageError("send needs --to ADDRESS") }
    guard let file else { throw UsageError("send needs a FILE, or - for standard input") }
    self.server = server
    self.sender = sender
    self.file = file
  }

  private static func mailbox(_ text: String, of option: String) throws(UsageError) -> Mailbox {
    do { return try Mailbox(text) } catch { throw UsageError("\(option) needs an address, not \(text)") }
  }
}
