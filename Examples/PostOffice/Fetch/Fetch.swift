import MailWire
import POP3

/// `postoffice fetch`.
enum Fetch {
  static func run(_ options: FetchOptions) throws(Failure) {
    let memory = try Failure.explaining(.cannotCreate, "cannot use the directory") { () throws(SystemError) in
      try prepare(options)
    }
    let socket = try Failure.explaining(.unavailable, "cannot connect to \(options.server)") { () throws(SystemError) in
      try Socket.makeConnection(to: options.server)
    }
    let loop = EventLoop()
    let client = MaildropClient(options: options, memory: memory, descriptor: socket, loop: loop)
    client.start()
    try Failure.explaining(.failure, "cannot fetch") { () throws(SystemError) in try loop.run { client.isOver } }
    let tally = client.tally
    Console.line(
      "fetched \(tally.fetched) (\(tally.octets) octets), deleted \(tally.deleted), fetched before \(tally.known)")
    if let failure = client.failure { throw Failure(.failure, failure) }
  }

  private static func prepare(_ options: FetchOptions) throws(SystemError) -> FetchMemory {
    let maildir = Maildir(path: options.directory)
    try maildir.create()
    let memory = try FetchMemory(directory: options.directory, account: "\(options.user)@\(options.server)")
    try maildir.removeLeftovers(of: UniqueNames(), before: Clock.microsecondsSince1970 / 1_000_000)
    return memory
  }
}
