import MailWire
import SMTPCodec

extension SMTPCommand: TapValue {
  /// The verb, as the kind of a unit.
  var kind: String {
    switch self {
    case .helo: "helo"
    case .ehlo: "ehlo"
    case .mail: "mail"
    case .recipient: "rcpt"
    case .data: "data"
    case .chunk: "bdat"
    case .reset: "rset"
    case .noop: "noop"
    case .quit: "quit"
    case .verify: "vrfy"
    case .expand: "expn"
    case .help: "help"
    case .startTLS: "starttls"
    case .authenticate: "auth"
    default: "unknown"
    }
  }

  /// Whether the library has a case for it.
  var isKnown: Bool {
    if case .unknown = self { false } else { true }
  }

  var details: [Detail] {
    switch self {
    case .helo(let name), .ehlo(let name): [Detail("name", octets: name.bytes)]
    case .mail(let path, let parameters): [Detail("reverse-path", escaped(path))] + Self.details(parameters)
    case .recipient(let path, let parameters): [Detail("forward-path", escaped(path))] + Self.details(parameters)
    case .chunk(let octets, let isLast): [Detail("octets", octets), Detail("last", isLast ? "yes" : "no")]
    case .noop(let text), .verify(let text), .expand(let text), .help(let text):
      text.bytes.isEmpty ? [] : [Detail("argument", octets: text.bytes)]
    case .authenticate(let mechanism, let response):
      [Detail("mechanism", octets: mechanism.bytes)] + (response == nil ? [] : [.hidden("initial response")])
    case .unknown(let verb, let text): [Detail("verb", octets: verb.bytes), Detail("argument", octets: text.bytes)]
    default: []
    }
  }

  var canonical: Canonical {
    guard case .authenticate(let mechanism, .some) = self else { return .octets(encoded) }
    return .redacted(
      SMTPCommand.authenticate(mechanism, initialResponse: InitialResponse(Redaction.secret)).encoded)
  }

  private static func details(_ parameters: ESMTPParameters) -> [Detail] {
    parameters.keywords.map { keyword in
      Detail(keyword.description.uppercased(), octets: parameters.value(of: keyword) ?? [])
    }
  }
}

/// A path, whose text is a peer's.
private func escaped(_ path: some CustomStringConvertible) -> String { escaped([UInt8](path.description.utf8).span) }
