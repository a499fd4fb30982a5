/// How a run of the program ended; the numbers above 1 are those of BSD's `sysexits.h`.
enum ExitStatus: Int32 {
  /// Every unit was accepted.
  case accepted = 0
  /// A unit was refused, the last one is incomplete, or two ways of cutting the input gave different units.
  case refused = 1
  /// The command line makes no sense.
  case usage = 64
  /// A file cannot be read.
  case noInput = 66
}
