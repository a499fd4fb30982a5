import MailWire

/// What `postoffice fetch` is told.
struct FetchOptions {
  var server: Endpoint
  var user: String
  var credentials: Credentials
  /// The Maildir to fill.
  var directory: String
  /// Leave the messages on the server.
  var keepsMessages = false

  init(parsing arguments: ArraySlice<String>) throws(Failure) {
    var scanner = OptionScanner(arguments)
    var server: Endpoint?
    var user: (user: String, password: String)?
    var directory: String?
    var isPOP3 = false
    while let argument = try scanner.next() {
      switch argument {
      case .option("--server"): server = try scanner.endpoint(of: "--server")
      case .option("--pop3"): isPOP3 = true
      case .option("--user"): user = try scanner.userAndPassword(of: "--user")
      case .option("--directory"): directory = try scanner.value(of: "--directory")
      case .option("--keep"): keepsMessages = true
      case .option(let name): throw Failure(.usage, "fetch has no option \(name)")
      case .operand(let text): throw Failure(.usage, "fetch does not know what to do with \(text)")
      }
    }
    guard let server else { throw Failure(.usage, "fetch needs --server HOST:PORT") }
    guard isPOP3 else { throw Failure(.usage, "fetch needs --pop3") }
    guard let user else { throw Failure(.usage, "fetch needs --user USER:PASSWORD") }
    guard let directory, !directory.isEmpty else { throw Failure(.usage, "fetch needs --directory DIR") }
    self.server = server
    self.user = user.user
    self.directory = directory
    credentials = Credentials(user: user.user, password: user.password)
  }
}
