import MailWire
import POP3Codec

extension POP3Command: TapValue {
  /// The keyword, as the kind of a unit.
  var kind: String {
    switch self {
    case .user: "user"
    case .password: "pass"
    case .digest: "apop"
    case .authenticate: "auth"
    case .capabilities: "capa"
    case .startTLS: "stls"
    case .utf8: "utf8"
    case .language: "lang"
    case .status: "stat"
    case .list: "list"
    case .uniqueIDs: "uidl"
    case .retrieve: "retr"
    case .top: "top"
    case .delete: "dele"
    case .noop: "noop"
    case .reset: "rset"
    case .last: "last"
    case .quit: "quit"
    default: "unknown"
    }
  }

  /// Whether the library has a case for it.
  var isKnown: Bool {
    if case .unknown = self { false } else { true }
  }

  var details: [Detail] {
    switch self {
    case .user(let name): [Detail("name", octets: name.bytes)]
    case .password: [.hidden("password")]
    case .digest(let name, _): [Detail("name", octets: name.bytes), .hidden("digest")]
    case .authenticate(let mechanism, let response):
      [Detail("mechanism", octets: mechanism.bytes)] + (response == nil ? [] : [.hidden("initial response")])
    case .language(let range): range.map { [Detail("language", octets: $0.bytes)] } ?? []
    case .list(let number), .uniqueIDs(let number): number.map { [Detail("message", $0.value)] } ?? []
    case .retrieve(let number), .delete(let number): [Detail("message", number.value)]
    case .top(let number, let lines): [Detail("message", number.value), Detail("lines", lines)]
    case .unknown(let verb, let argument):
      [Detail("keyword", octets: verb.bytes)] + (argument.map { [Detail("argument", octets: $0.bytes)] } ?? [])
    default: []
    }
  }

  var canonical: Canonical {
    let mark = [UInt8](Redaction.mark.utf8)
    switch self {
    case .password: return .redacted([UInt8]("PASS ".utf8) + mark + [13, 10])
    case .digest(let name, _): return .redacted([UInt8]("APOP ".utf8) + name.bytes + [32] + mark + [13, 10])
    case .authenticate(let mechanism, .some):
      return .redacted(POP3Command.authenticate(mechanism, initialResponse: Redaction.secret).encoded)
    default: return .octets(encoded)
    }
  }
}
