extension Transcript {
  /// Reads a transcript; a mistake in it is thrown with its line.
  public init(_ text: String) throws {
    self.init()
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = line.drop { $0 == " " || $0 == "\t" }
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      try add(line, number)
    }
  }

  private mutating func add(_ line: Substring, _ number: Int) throws {
    let content = line.dropFirst(line.dropFirst(2).first == " " ? 3 : 2)
    switch line.prefix(2) {
    case "C:": append(.client, Array(content.utf8) + [13, 10], line: number)
    case "S:": append(.server, Array(content.utf8) + [13, 10], line: number)
    case "C!": append(.client, try Self.raw(content, number), line: number)
    case "S!": append(.server, try Self.raw(content, number), line: number)
    case "--": append(try Self.step(content, number), line: number)
    default: throw Mistake(description: "line \(number): expected C:, S:, C!, S! or --: \(line)")
    }
  }

  private static func step(_ text: Substring, _ number: Int) throws -> Step {
    let text = text.split(separator: " ").joined(separator: " ")
    switch text {
    case "tls": return .tls
    case "tls failed": return .tlsFailed
    case "failed": return .failed
    case "end": return .end
    case "closed": return .closed
    default: break
    }
    if text.hasPrefix("do ") { return .act(String(text.dropFirst(3))) }
    if text.hasPrefix("+"), let duration = duration(text.dropFirst()) { return .passes(duration) }
    throw Mistake(description: "line \(number): unknown step: -- \(text)")
  }

  private static func duration(_ text: Substring) -> Duration? {
    guard let amount = Int64(text.prefix { $0.isNumber }) else { return nil }
    switch text.drop(while: { $0.isNumber }) {
    case "ms": return .milliseconds(amount)
    case "s": return .seconds(amount)
    case "m": return .seconds(amount * 60)
    case "h": return .seconds(amount * 3600)
    default: return nil
    }
  }

  private static func raw(_ text: Substring, _ number: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "\\"): bytes.append(92)
      case UInt8(ascii: "x"):
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
          throw badEscape(number)
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default:
        throw badEscape(number)
      }
    }
    return bytes
  }

  private static func badEscape(_ number: Int) -> Mistake {
    Mistake(description: "line \(number): a backslash needs r, n, xHH or another backslash")
  }
}

/// `bytes` for a failure's text: printable ASCII as it is, a line a row, the rest escaped.
public func visible(_ bytes: some Sequence<UInt8>) -> String {
  var text = ""
  for byte in bytes {
    switch byte {
    case 13: text += "\\r"
    case 10: text += "\\n"
    case 92: text += "\\\\"
    case 32...126: text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
  return text
}
