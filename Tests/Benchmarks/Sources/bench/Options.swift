/// What the command line says.
struct Options {
  static let usage = """
    usage: bench [--corpus DIR] [--size MB] [--runs N] [--chunks N,N] [--json] [ROW…]
           bench --check
           bench --repeat N ROW [--chunks N]
           bench --workload OCTETS [NAME]
           bench --list

    Measures the rows whose names begin with one of the words given, or all. --corpus takes the corpora from
    DIR/smtp-requests.txt and so on, by the names of the rows; those that are not there are generated, --size megabytes
    each.
    --check asserts what does not depend on the machine. --repeat runs a row without measuring it, for profilers;
    --workload does what --check compares with itself, once, or lists the names.
    """

  enum Mode {
    case measure
    case check
    case list
    case repetition(Int)
    case workload(Int)
    case help
  }

  var mode = Mode.measure
  var folder: String?
  var megabytes = 8
  var runs = 7
  var chunks: [Int]?
  var writesJSON = false
  var rows: [String] = []

  /// The options; nil for a command line that has none of these forms.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--check": mode = .check
      case "--list": mode = .list
      case "--help", "-h": mode = .help
      case "--json": writesJSON = true
      case "--corpus":
        guard let value = rest.popFirst() else { return nil }
        folder = value
      case "--chunks":
        guard let value = rest.popFirst() else { return nil }
        chunks = value.split(separator: ",").compactMap { Int($0) }
      case "--size", "--runs", "--repeat", "--workload":
        guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
        switch argument {
        case "--size": megabytes = number
        case "--runs": runs = number
        case "--workload": mode = .workload(number)
        default: mode = .repetition(number)
        }
      default:
        guard !argument.hasPrefix("-") else { return nil }
        rows.append(argument)
      }
    }
  }

  var selectedRows: [Row] {
    rows.isEmpty ? Row.all : Row.all.filter { row in rows.contains { row.name.hasPrefix($0) } }
  }
}
