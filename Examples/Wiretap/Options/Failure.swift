/// Why the program did not do what it was asked: one line for the user, and how the program ends.
struct Failure: Error {
  let status: ExitStatus
  let text: String

  init(_ status: ExitStatus, _ text: String) {
    self.status = status
    self.text = text
  }
}
