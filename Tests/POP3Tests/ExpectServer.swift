import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

/// Two messages of 120 and 200 octets would be those of RFC 1939; these are shorter and nastier.
let nastyMessages = [
  "Subject: one\r\n\r\nfirst\r\n..second\r\n.\r\n", "Subject: two\nX: y\n\n.1\n2\n\n3", "no blank line\r\nat all\r\n"
]

/// Runs a transcript against the server in all its cuts and returns the log.
@discardableResult
func expectServer(
  _ text: String, host: Host = Host(nastyMessages),
  configure: @escaping (inout POP3ServerConfiguration) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  expectTranscript(
    text, drives: .server, machine: { host.server(configure) }, log: logEntry, sourceLocation: sourceLocation,
    handle: { try host.handle($0, &$1) },
    act: { name, server in
      switch name {
      case "shutdown": server.shutDown()
      default: Issue.record("unknown act \(name)")
      }
    })
}

extension String {
  /// The greeting comes before anything that the client said ahead.
  func replacingGreeting() -> String {
    "S: +OK POP3 server ready\n"
      + split(separator: "\n").filter { $0 != "S: +OK POP3 server ready" }.joined(separator: "\n")
  }
}
