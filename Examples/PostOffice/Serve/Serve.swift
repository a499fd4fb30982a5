import MailWire

/// `postoffice serve`.
enum Serve {
  /// How long a shutdown waits for what is being transferred.
  private static let patience: Duration = .seconds(60)

  static func run(_ options: ServeOptions) throws(Failure) {
    let accounts = Accounts(domains: options.domains, accounts: options.accounts)
    let store = try Failure.explaining(.cannotCreate, "cannot use the directory") { () throws(SystemError) in
      try MailStore(directory: options.directory, accounts: accounts)
    }
    try Failure.explaining(.unavailable, "cannot serve") { () throws(SystemError) in
      // Each connection may have a file open, too; a few descriptors are for the rest of the program.
      let loop = EventLoop(maximumCount: max(8, (Socket.raiseDescriptorLimit() - 16) / 2))
      let signals = try Signals(loop: loop, patience: patience)
      let server = try Server(options: options, store: store, loop: loop)
      Console.line(server.readyLine)
      // The signals are the last source: all sessions are over then.
      try loop.run { signals.isImpatient || signals.hasReceived && loop.count == 1 }
    }
  }
}
