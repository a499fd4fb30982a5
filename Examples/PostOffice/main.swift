#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Does what the arguments say.
func runCommand(_ arguments: [String]) -> ExitStatus {
  do throws(UsageError) {
    switch try Command(parsing: arguments) {
    case .help:
      Console.line(Command.usage)
      return .success
    case .demo: return .success
    case .serve(let options): return Serve.run(options)
    case .send(let options): return Send.run(options)
    case .fetch(let options): return Fetch.run(options)
    }
  } catch {
    Console.complaint(error.text)
    return .usage
  }
}

exit(runCommand(Array(CommandLine.arguments.dropFirst())).rawValue)
