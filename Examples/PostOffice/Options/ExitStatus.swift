/// How a run of the program ended, in the numbers of BSD's `sysexits.h`.
enum ExitStatus: Int32 {
  case success = 0
  /// The work was not done, or not all of it.
  case failure = 1
  /// The command line makes no sense.
  case usage = 64
  /// The file to send cannot be read.
  case noInput = 66
  /// The other side cannot be reached, or the address not be listened on.
  case unavailable = 69
  /// A folder cannot be made or written.
  case cannotCreate = 73
}
