import MailWire

/// `postoffice serve`.
enum Serve {
  /// How long a shutdown waits for what is being transferred.
  private static let patience: Duration = .seconds(60)

  static func run(_ options: ServeOptions) -> ExitStatus {
    let accounts = Accounts(domains: options.domains, accounts: options.accounts)
    let store: MailStore
    do throws(SystemError) { store = try MailStore(directory: options.directory, accounts: accounts) } catch {
      Console.complaint("cannot use the directory: \(error)")
      return .cannotCreate
    }
    do throws(SystemError) {
      Socket.ignoreBrokenPipes()
      Socket.raiseDescriptorLimit()
      let loop = EventLoop()
      let signals = try Signals(loop: loop, patience: patience)
      let server = try Server(options: options, store: store, loop: loop)
      Console.line(server.readyLine)
      // The signals are the last source: all sessions are over then.
      try loop.run { signals.isImpatient || signals.hasReceived && loop.count == 1 }
      return .success
    } catch {
      Console.complaint("\(error)")
      return .unavailable
    }
  }
}
