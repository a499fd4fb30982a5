#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// A reader that went away, such as `head`, is no reason to die of a signal.
_ = signal(SIGPIPE, SIG_IGN)

var output = StandardOutput()
let status = runCommand(Array(CommandLine.arguments.dropFirst()), printingTo: &output)
exit(status.rawValue)
