/// `HOST:PORT`, as it is written on the command line; an IPv6 address stands in brackets.
struct Endpoint: Equatable, CustomStringConvertible {
  var host: String
  var port: UInt16

  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `127.0.0.1:25`, `mail.website.test:25` or `[::1]:25`.
  init?(parsing text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var host = text[..<colon]
    let digits = text[text.index(after: colon)...]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, digits.utf8.allSatisfy({ 48...57 ~= $0 }), let port = UInt16(digits) else { return nil }
    self.init(host: String(host), port: port)
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether the numeric address is reachable from this machine only.
  var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127.") }

  /// The host as RFC 5321 §4.1.3 writes it: `[127.0.0.1]`, `[IPv6:::1]`.
  var addressLiteral: String { host.contains(":") ? "[IPv6:\(host.prefix { $0 != "%" })]" : "[\(host)]" }
}
