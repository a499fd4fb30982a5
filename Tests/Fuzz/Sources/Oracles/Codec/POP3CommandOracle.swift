import MailWire
import POP3Codec

/// The input is one command line without its ending.
func checkPOP3Command(_ input: Span<UInt8>) throws(Finding) {
  let strict = try? POP3Command(input)
  for quirks in [POP3Quirks.none, .server, .lenient] {
    guard let command = try? POP3Command(input, quirks: quirks) else {
      try require(strict == nil, "a quirk refuses what the grammar allows")
      continue
    }
    if let strict { try require(command == strict, "a quirk changes what the grammar allows") }
    let wire = command.encoded
    try require(wire.suffix(2) == [13, 10], "no line end: \(wire.visible)")
    let line = Array(wire.dropLast(2))
    try require(!line.contains { $0 == 13 || $0 == 10 || $0 == 0 }, "a line end within a line: \(wire.visible)")
    guard let again = try? POP3Command(line.span, quirks: quirks) else {
      throw Finding("what was written cannot be read: \(wire.visible)")
    }
    try require(again == command, "written and read again: \(wire.visible)")
    try require(again.encoded == wire, "written twice: \(wire.visible)")
  }
}
