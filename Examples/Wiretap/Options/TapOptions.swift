/// What the arguments say.
struct TapOptions: Equatable {
  enum MailProtocol: String, CaseIterable {
    case imap
    case smtp
    case pop3
  }

  enum Side: String, CaseIterable {
    case client
    case server
  }

  /// How the input is cut before it is fed.
  enum Chunking: Equatable {
    /// In the blocks that it is read in.
    case blocks
    /// In pieces of so many octets.
    case octets(Int)
    /// In one piece, and then again in two, at every place.
    case everySplit
  }

  var mailProtocol: MailProtocol
  /// Who said what is in the file.
  var side: Side
  var isStrict = false
  var chunking = Chunking.blocks
  var printsJSON = false
  var printsStatistics = false
  /// The recording; `-` is standard input.
  var file: String
  /// The recording of the other direction.
  var otherFile: String?

  /// Reads the arguments, the program's name not among them; nil when they ask for help.
  static func parse(_ arguments: [String]) throws(Failure) -> TapOptions? {
    var scanner = ArgumentScanner(arguments)
    var name: String?
    var side: Side?
    var file: String?
    var options = TapOptions(mailProtocol: .imap, side: .client, file: "")
    while let argument = try scanner.next() {
      switch argument {
      case .option("--help"), .option("-h"): return nil
      case .option("--from"): side = try scanner.choice(of: "--from")
      case .option("--strict"): options.isStrict = true
      case .option("--chunk"): options.chunking = try chunking(try scanner.value(of: "--chunk"))
      case .option("--json"): options.printsJSON = true
      case .option("--stats"): options.printsStatistics = true
      case .option("--with"): options.otherFile = try scanner.value(of: "--with")
      case .option(let option): throw Failure(.usage, "there is no option \(option); --help lists them")
      case .operand(let text) where name == nil: name = text
      case .operand(let text):
        if file != nil { throw Failure(.usage, "one file, please; \(text) is one too many") }
        file = text
      }
    }
    guard let name else { throw Failure(.usage, "say which protocol: imap, smtp or pop3; --help explains") }
    guard let mailProtocol = MailProtocol(rawValue: name) else {
      throw Failure(.usage, "the protocol is imap, smtp or pop3, not \(name)")
    }
    guard let side else { throw Failure(.usage, "say who speaks: --from client or --from server") }
    guard let file, !file.isEmpty else { throw Failure(.usage, "say which FILE to read, or - for standard input") }
    options.mailProtocol = mailProtocol
    options.side = side
    options.file = file
    try options.check()
    return options
  }

  private func check() throws(Failure) {
    guard let otherFile else { return }
    if otherFile == "-", file == "-" { throw Failure(.usage, "only one of the files can be standard input") }
    if mailProtocol == .imap, side == .server, file == "-" {
      throw Failure(.usage, "imap --from server --with reads FILE twice, which standard input does not allow")
    }
    if otherFile.isEmpty { throw Failure(.usage, "--with needs a file") }
  }

  private static func chunking(_ text: String) throws(Failure) -> Chunking {
    if text == "every-split" { return .everySplit }
    guard let count = Int(text), count > 0, count <= 1 << 30 else {
      throw Failure(.usage, "--chunk needs a number of octets or every-split, not \(text)")
    }
    return .octets(count)
  }
}
