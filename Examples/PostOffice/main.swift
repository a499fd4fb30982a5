#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Does what the arguments say.
func runCommand(_ arguments: [String]) -> ExitStatus {
  Socket.ignoreBrokenPipes()
  do throws(Failure) {
    switch try Command(parsing: arguments) {
    case .help: Console.line(Command.usage)
    case .demo: try Demo.run()
    case .serve(let options): try Serve.run(options)
    case .send(let options): try Send.run(options)
    case .fetch(let options): try Fetch.run(options)
    case .queue(let options): try QueueCommand.run(options)
    }
    return .success
  } catch {
    Console.complaint(error.text)
    return error.status
  }
}

exit(runCommand(Array(CommandLine.arguments.dropFirst())).rawValue)
