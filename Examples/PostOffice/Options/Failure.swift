/// Why a command was not, or not wholly, carried out: one line for the user, and how the program ends.
struct Failure: Error {
  let status: ExitStatus
  let text: String

  init(_ status: ExitStatus, _ text: String) {
    self.status = status
    self.text = text
  }

  /// Does something with the system; should it fail, `what` says in the user's terms what did.
  static func explaining<Result: ~Copyable>(
    _ status: ExitStatus, _ what: String, _ body: () throws(SystemError) -> Result
  ) throws(Failure) -> Result {
    do throws(SystemError) { return try body() } catch { throw Failure(status, "\(what): \(error)") }
  }
}
