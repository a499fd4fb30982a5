@_spi(MailCodec) import MailWire
import POP3
import POP3Codec

extension Row {
  /// Command lines and responses through framer and codec, and the server machine.
  static var pop3: [Row] {
    [
      Row(name: "pop3-requests owned", corpus: .pop3Requests, chunks: lineChunks, body: requestsOwned),
      Row(name: "pop3-requests borrowed", corpus: .pop3Requests, chunks: lineChunks, body: requestsBorrowed),
      Row(name: "pop3-responses owned", corpus: .pop3Responses, chunks: lineChunks, body: responsesOwned),
      Row(name: "pop3-responses borrowed", corpus: .pop3Responses, chunks: lineChunks, body: responsesBorrowed),
      Row(name: "pop3-loop NOOP", corpus: .pop3Requests, chunks: [.max], body: commandLoop)
    ]
  }
}

/// Calls `body` with each line of the corpus as it arrives.
@inline(__always)
private func forEachLine(_ corpus: [UInt8], _ chunk: Int, _ body: (Span<UInt8>) -> Void) -> Int {
  var framer = LineFramer(limit: 12_288)
  var buffer = ReceiveBuffer()
  var units = 0
  forEachChunk(corpus, chunk) { piece in
    buffer.append(piece)
    while case .line(let length, let ending) = framer.next(in: &buffer) {
      body(buffer.bytes.extracting(first: length))
      buffer.consume(length + ending)
      units += 1
    }
  }
  return units
}

@inline(never)
private func requestsOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var sum = 0
  let units = forEachLine(corpus, chunk) { line in
    switch try? POP3Command(line) {
    case .retrieve(let number), .delete(let number): sum &+= number.value
    case nil: break
    default: sum &+= 1
    }
  }
  keep(sum)
  return units
}

@inline(never)
private func requestsBorrowed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var sum = 0
  let units = forEachLine(corpus, chunk) { line in
    var used = POP3Quirks.none
    guard let view = try? POP3CommandView.parse(line, used: &used) else { return }
    switch view {
    case .retrieve(let number), .delete(let number): sum &+= number.value
    default: sum &+= 1
    }
  }
  keep(sum)
  return units
}

@inline(never)
private func responsesOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var sum = 0
  let units = forEachLine(corpus, chunk) { line in
    if let response = try? POP3Response(line) { sum &+= response.text.count }
  }
  keep(sum)
  return units
}

@inline(never)
private func responsesBorrowed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var sum = 0
  let units = forEachLine(corpus, chunk) { line in
    var used = POP3Quirks.none
    if let view = try? POP3ResponseView.parse(line, used: &used) { sum &+= view.text.count }
  }
  keep(sum)
  return units
}

@inline(never)
private func commandLoop(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var server = lenientPOP3Server()
  logIn(&server)
  let line = [UInt8]("NOOP\r\n".utf8)
  var sum = 0
  for _ in 0..<200_000 {
    server.receive(line.span, at: .zero)
    sum &+= serve(&server, Maildrop())
  }
  keep(sum)
  return 200_000
}

/// Brings a server into the transaction state with an empty maildrop.
func logIn(_ server: inout POP3Server) {
  _ = serve(&server, Maildrop())
  server.receive([UInt8]("USER susan\r\nPASS secret\r\n".utf8).span, at: .zero)
  _ = serve(&server, Maildrop())
}
