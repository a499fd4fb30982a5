/// Walks through the arguments of a command: `--name VALUE`, `--name=VALUE`, `--flag`, and operands.
struct OptionScanner {
  /// An argument.
  enum Argument: Equatable {
    case option(String)
    case operand(String)
  }

  private var rest: ArraySlice<String>
  private var attached: String?
  private var areOptionsOver = false

  init(_ arguments: ArraySlice<String>) { rest = arguments }

  /// The next option or operand. `-` is an operand, and so is everything behind `--`.
  mutating func next() throws(Failure) -> Argument? {
    if let attached { throw Failure(.usage, "this option takes no value: \(attached)") }
    guard let argument = rest.popFirst() else { return nil }
    guard !areOptionsOver, argument.hasPrefix("-"), argument != "-" else { return .operand(argument) }
    if argument == "--" {
      areOptionsOver = true
      return try next()
    }
    guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else { return .option(argument) }
    attached = String(argument[argument.index(after: equals)...])
    return .option(String(argument[..<equals]))
  }

  /// The value of the option that was read last.
  mutating func value(of option: String) throws(Failure) -> String {
    if let value = attached {
      attached = nil
      return value
    }
    guard let value = rest.popFirst() else { throw Failure(.usage, "\(option) needs a value") }
    return value
  }

  mutating func endpoint(of option: String) throws(Failure) -> Endpoint {
    let text = try value(of: option)
    guard let endpoint = Endpoint(parsing: text) else {
      throw Failure(.usage, "\(option) needs HOST:PORT, not \(text)")
    }
    return endpoint
  }

  /// A user and a password with a colon between them; the password is never repeated in an error.
  mutating func userAndPassword(of option: String) throws(Failure) -> (user: String, password: String) {
    let text = try value(of: option)
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex, text.index(after: colon) < text.endIndex else {
      throw Failure(.usage, "\(option) needs a name and a password with a colon between them")
    }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
