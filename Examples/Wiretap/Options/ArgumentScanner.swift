/// Takes arguments apart: `--name VALUE`, `--name=VALUE`, `--flag`, operands, and operands only behind `--`.
struct ArgumentScanner {
  enum Argument: Equatable {
    case option(String)
    case operand(String)
  }

  private var arguments: [String]
  private var index = 0
  /// What stood behind the equals sign of the last option, until somebody wants it.
  private var attached: (option: String, value: String)?
  private var takesOptions = true

  init(_ arguments: [String]) { self.arguments = arguments }

  /// The next argument; a lone `-` is an operand.
  mutating func next() throws(Failure) -> Argument? {
    if let attached { throw Failure(.usage, "\(attached.option) takes no value") }
    guard index < arguments.count else { return nil }
    let argument = arguments[index]
    index += 1
    if takesOptions, argument == "--" {
      takesOptions = false
      return try next()
    }
    guard takesOptions, argument.utf8.first == 45, argument != "-" else { return .operand(argument) }
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let option = String(parts[0])
    if parts.count == 2 { attached = (option, String(parts[1])) }
    return .option(option)
  }

  /// What belongs to the option that was read last.
  mutating func value(of option: String) throws(Failure) -> String {
    defer { attached = nil }
    if let attached { return attached.value }
    guard index < arguments.count else { throw Failure(.usage, "\(option) needs a value") }
    index += 1
    return arguments[index - 1]
  }

  /// One of a few words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    of option: String
  ) throws(Failure) -> Choice where Choice.RawValue == String {
    let text = try value(of: option)
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
      throw Failure(.usage, "\(option) needs \(words), not \(text)")
    }
    return choice
  }
}
