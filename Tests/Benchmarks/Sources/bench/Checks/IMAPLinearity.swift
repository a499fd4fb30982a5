@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// What hostile IMAP peers make long: the work may only grow as the octets do.
let imapWorkloads: [(String, @Sendable (Int) -> Int)] = [
  ("parentheses in a body structure", { response("* 1 FETCH (BODYSTRUCTURE ", "(", 1, " NIL)\r\n", $0) }),
  ("parentheses in an unknown item", { response("* 1 FETCH (X ", "(", 1, ")\r\n", $0) }),
  ("parentheses in a search key", { command("A SEARCH ", "(", "\r\n", $0) }),
  ("numbers of a set", { command("A FETCH 1", ",3", " FLAGS\r\n", $0) }),
  ("numbers of a set, descending", { descending($0) }),
  ("flags", { response("* 1 FETCH (FLAGS (a", " abc", 1 << 16, "))\r\n", $0) }),
  ("literals of a search", { command("A SEARCH", " BODY {1+}\r\na", "\r\n", $0) }),
  ("literals of CATENATE", { command("A APPEND b CATENATE (URL a", " URL {1+}\r\na", ")\r\n", $0) }),
  ("literals of an envelope", { response("* 1 FETCH (ENVELOPE (", "{1}\r\na ", 1 << 16, "))\r\n", $0) }),
  ("streamed sections", { response("* 1 FETCH (UID 1", " BODY[] {1}\r\na", 1 << 16, ")\r\n", $0) }),
  ("streamed sections in reads of an octet", { response("* 1 FETCH (UID 1", " BODY[] {1}\r\na", 1, ")\r\n", $0) }),
  ("messages of MULTIAPPEND", { command("A APPEND b", " {1+}\r\na", "\r\n", $0) }),
  ("a line that is too long", { command("", "a", "\r\n", $0) }),
  ("an unmatched quote", { response("* 1 FETCH (ENVELOPE (\"", "\\\"", 1 << 16, "\"))\r\n", $0) })
]

@inline(never)
private func response(_ head: String, _ part: String, _ chunk: Int, _ tail: String, _ size: Int) -> Int {
  let text = [UInt8](head.utf8) + repeated(part, size) + [UInt8](tail.utf8)
  var stream = IMAPUnitStream(.responses, limits: wide)
  var parser = IMAPResponseParser(limits: wide)
  var buffer = ReceiveBuffer()
  var units = 0
  forEachChunk(text, chunk) { piece in
    buffer.append(piece)
    while true {
      switch stream.next(in: &buffer) {
      case .unit: units += (try? stream.response(in: buffer, &parser)) == nil ? 1 : 2
      case .incomplete, .failed: return
      case .continuationWanted, .contentBegins, .content, .endOfContent, .discarded: continue
      }
    }
  }
  return units
}

@inline(never)
private func command(_ head: String, _ part: String, _ tail: String, _ size: Int) -> Int {
  commands([UInt8](head.utf8) + repeated(part, size) + [UInt8](tail.utf8))
}

private func descending(_ size: Int) -> Int {
  var text = [UInt8]("A FETCH ".utf8)
  var number = size
  while text.count < size {
    text += [UInt8]("\(number),".utf8)
    number -= 3
  }
  return commands(text + [UInt8]("1 FLAGS\r\n".utf8))
}

@inline(never)
private func commands(_ text: [UInt8]) -> Int {
  var stream = IMAPUnitStream(.commands, limits: wide)
  var buffer = ReceiveBuffer()
  var used = IMAPQuirks.none
  var units = 0
  forEachChunk(text, 1 << 16) { piece in
    buffer.append(piece)
    while true {
      switch stream.next(in: &buffer) {
      case .unit: units += (try? stream.command(in: buffer, used: &used)) == nil ? 1 : 2
      case .contentBegins: units += (try? stream.command(in: buffer, used: &used)) == nil ? 1 : 2
      case .incomplete, .failed: return
      case .continuationWanted, .content, .endOfContent, .discarded: continue
      }
    }
  }
  return units
}

private let wide = IMAPLimits(line: 1 << 24, literal: 1 << 24, total: 1 << 24, elements: 1 << 24)

private func repeated(_ part: String, _ size: Int) -> [UInt8] {
  let octets = [UInt8](part.utf8)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(size + octets.count)
  while bytes.count < size { bytes += octets }
  return bytes
}
