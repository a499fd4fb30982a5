/// Standard output and standard error, written at once and whole.
enum Console {
  private static func write(_ text: String, to number: Int32) {
    let bytes = [UInt8](text.utf8)
    // A closed output is nobody's fault here, and there is nowhere to report it.
    try? Descriptor.sendAll(bytes.span, to: number)
  }

  /// Prints a line for the user or for the program that started this one.
  static func line(_ text: String) { write(text + "\n", to: 1) }

  /// Prints a line about something that went wrong.
  static func complaint(_ text: String) { write("postoffice: " + text + "\n", to: 2) }
}
