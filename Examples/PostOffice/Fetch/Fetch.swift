import MailWire
import POP3

/// `postoffice fetch`.
enum Fetch {
  static func run(_ options: FetchOptions) -> ExitStatus {
    let lock: Descriptor
    let memory: FetchMemory
    do throws(SystemError) {
      try Files.makeFolder(options.directory)
      lock = try Files.lockFolder(options.directory)
      let maildir = Maildir(path: options.directory)
      try maildir.create()
      try maildir.removeLeftovers(of: UniqueNames(), before: Clock.microsecondsSince1970 / 1_000_000)
      memory = try FetchMemory(directory: options.directory, account: "\(options.user)@\(options.server)")
    } catch {
      Console.complaint("cannot use the directory: \(error)")
      return .cannotCreate
    }
    let socket: Descriptor
    do throws(SystemError) {
      Socket.ignoreBrokenPipes()
      socket = try Socket.makeConnection(to: options.server)
    } catch {
      Console.complaint("cannot connect to \(options.server): \(error)")
      return .unavailable
    }
    let loop = EventLoop()
    let client = MaildropClient(options: options, memory: memory, descriptor: socket, loop: loop)
    client.start()
    do throws(SystemError) { try loop.run { client.isOver } } catch {
      Console.complaint("\(error)")
      return .failure
    }
    _ = consume lock
    return report(client)
  }

  private static func report(_ client: MaildropClient) -> ExitStatus {
    let tally = client.tally
    Console.line(
      "fetched \(tally.fetched) (\(tally.octets) octets), deleted \(tally.deleted), fetched before \(tally.known)")
    guard let failure = client.failure else { return .success }
    Console.complaint(failure)
    return .failure
  }
}
