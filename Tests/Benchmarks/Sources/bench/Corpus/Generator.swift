/// Writes corpora: the same octets for the same size, in every run.
struct Generator {
  var output: [UInt8] = []
  private var state: UInt64

  private init(seed: UInt64, size: Int) {
    state = seed
    output.reserveCapacity(size + 4096)
  }

  static func bytes(_ kind: CorpusKind, size: Int) -> [UInt8] {
    var generator = Generator(seed: UInt64(kind.rawValue.utf8.count), size: size)
    while generator.output.count < size {
      switch kind {
      case .smtpRequests: generator.smtpRequests()
      case .smtpResponses: generator.smtpResponses()
      case .smtpData: generator.paragraph()
      case .pop3Requests: generator.pop3Requests()
      case .pop3Responses: generator.pop3Responses()
      case .imapFetch, .dovecotFetch: generator.imapFetch()
      case .imapFlags: generator.imapFlags()
      case .imapBodies: generator.imapBodies()
      case .imapCommands: generator.imapCommands(plus: "")
      case .imapCommandsNonSynchronising: generator.imapCommands(plus: "+")
      }
    }
    if kind == .smtpData { generator.put(".") }
    return generator.output
  }

  // MARK: Choosing

  /// A number below `bound`, by SplitMix64.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 33) % bound
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

  mutating func put(_ line: String) {
    output += line.utf8
    output += [13, 10]
  }

  // MARK: Words

  private static let first = ["james", "mary", "robert", "patricia", "jennifer", "elizabeth", "susan", "li"]
  private static let last = ["smith", "johnson", "williams", "garcia", "rodriguez", "hernandez", "ng", "anderson"]
  private static let domains = [
    "example.com", "mail.example.net", "corp.example.co.uk", "lists.debian.example", "xn--bcher-kva.example",
    "students.university-of-somewhere.example"
  ]

  mutating func host() -> String { "\(pick(["mail", "mx", "relay"]))\(below(99)).\(pick(Self.domains))" }

  mutating func address() -> String {
    let (first, last, domain) = (pick(Self.first), pick(Self.last), pick(Self.domains))
    switch below(20) {
    case 0..<11: return "\(first).\(last)@\(domain)"
    case 11..<15: return "\(first.prefix(1))\(last)\(below(9999))@\(domain)"
    case 15..<18: return "\(first)+\(pick(["news", "shop"]))@\(domain)"
    default: return "bounces-\(below(100_000_000))-\(first)=\(domain)@\(domain)"
    }
  }
}
