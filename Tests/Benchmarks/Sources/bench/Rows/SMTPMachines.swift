import MailWire
import SMTP
import SMTPCodec

extension Row {
  /// The whole server machine, its host accepting everything.
  static var smtpMachines: [Row] {
    [
      Row(
        name: "smtp-requests machine", corpus: .smtpRequests, chunks: lineChunks, prepare: endless, body: requestsServed
      ),
      Row(name: "smtp-data machine", corpus: .smtpData, chunks: lineChunks, body: contentServed),
      Row(name: "smtp-loop NOOP", corpus: .smtpRequests, chunks: [.max], body: commandLoop("NOOP\r\n")),
      Row(
        name: "smtp-loop RCPT", corpus: .smtpRequests, chunks: [.max],
        body: commandLoop("RCPT TO:<robert.garcia@corp.example.co.uk>\r\n"))
    ]
  }
}

/// The corpus as one session: nobody says `QUIT`, and `DATA`, which would be followed by a message, is not said either.
private func endless(_ corpus: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(corpus.count)
  for line in corpus.split(separator: 10, omittingEmptySubsequences: false) where !line.isEmpty {
    let verb = line.prefix(4)
    let isReplaced = verb.elementsEqual("QUIT".utf8) || verb.elementsEqual("DATA".utf8)
    if isReplaced { result += "RSET\r\n".utf8 } else { result += line + [10] }
  }
  return result
}

@inline(never)
private func requestsServed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var server = lenientSMTPServer()
  var sum = serve(&server)
  forEachChunk(corpus, chunk) { piece in
    server.receive(piece, at: .zero)
    sum &+= serve(&server)
  }
  keep(sum)
  return lineCount(corpus)
}

@inline(never)
private func contentServed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var server = lenientSMTPServer()
  openTransaction(&server)
  server.receive([UInt8]("DATA\r\n".utf8).span, at: .zero)
  var sum = serve(&server)
  forEachChunk(corpus, chunk) { piece in
    server.receive(piece, at: .zero)
    sum &+= serve(&server)
  }
  keep(sum)
  return corpus.count
}

private func openTransaction(_ server: inout SMTPServer) {
  let lines: StaticString = "EHLO client.test\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n"
  _ = serve(&server)
  server.receive([UInt8]("\(lines)".utf8).span, at: .zero)
  _ = serve(&server)
}

/// One command, one reply, again and again: what a session on a fast network costs.
private func commandLoop(_ command: String) -> ([UInt8], Int) -> Int {
  let line = [UInt8](command.utf8)
  return { _, _ in
    var server = lenientSMTPServer()
    openTransaction(&server)
    var sum = 0
    for _ in 0..<200_000 {
      server.receive(line.span, at: .zero)
      sum &+= serve(&server)
    }
    keep(sum)
    return 200_000
  }
}
