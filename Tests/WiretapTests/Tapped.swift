import MailTestKit

@testable import Wiretap

/// What the tool makes of octets, in lines of `OFFSET+LENGTH KIND [QUIRKS] !CODE@OFFSET`, as far as there is any.
struct Tapped {
  var units: [TapUnit] = []

  init(_ arguments: String, _ bytes: [UInt8], with other: [UInt8]? = nil) throws {
    guard let options = try TapOptions.parse(arguments.split(separator: " ").map(String.init) + ["FILE"]) else {
      return
    }
    var tap = try makeTap(options, other.map { MemorySource($0) }) { MemorySource(bytes) }
    var source = MemorySource(bytes)
    var units: [TapUnit] = []
    try pump(&source, into: &tap, inPiecesOf: options.pieceLength) { units.append($0) }
    self.units = units
  }

  init(_ arguments: String, _ text: String, with other: String? = nil) throws {
    try self.init(arguments, wire(text), with: other.map(wire))
  }

  var lines: [String] { units.map(Self.line) }

  var text: String { units.map { TextReport.lines($0) }.joined() }

  var json: String { String(decoding: units.flatMap { JSONReport.line($0) }, as: UTF8.self) }

  private static func line(_ unit: TapUnit) -> String {
    var line = "\(unit.offset)+\(unit.length) \(unit.kind)"
    if !unit.quirks.isEmpty { line += " " + unit.quirks.joined(separator: ",") }
    if let fault = unit.fault { line += " !\(fault.code)@\(fault.offset)" }
    return line
  }
}

/// The octets of a text in which each LF stands for CRLF, but `\n` with a `~` before it for a bare LF.
func wire(_ text: String) -> [UInt8] {
  var octets: [UInt8] = []
  for byte in text.utf8 {
    if byte != 10 {
      octets.append(byte)
    } else if octets.last == 126 {
      octets[octets.count - 1] = 10
    } else {
      octets += [13, 10]
    }
  }
  return octets
}

/// Collects what would be printed.
struct Printed: TextOutput {
  var text = ""
  var complaints: [String] = []

  mutating func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
  mutating func complain(_ line: String) { complaints.append(line) }
  mutating func flush() {}
}

/// A row of a table: the input, and what it must give.
struct Row {
  let arguments: String
  let text: String
  var other: String?
  let expected: [String]

  init(_ arguments: String, _ text: String, with other: String? = nil, _ expected: String...) {
    self.init(arguments, text, with: other, expected)
  }

  init(_ arguments: String, _ text: String, with other: String? = nil, _ expected: [String]) {
    self.arguments = arguments
    self.text = text
    self.other = other
    self.expected = expected
  }
}
