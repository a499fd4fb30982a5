@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

extension Row {
  /// Replies through the client machine's framer and codec.
  static var smtpResponses: [Row] {
    [
      Row(name: "smtp-responses owned", corpus: .smtpResponses, chunks: lineChunks, body: responsesOwned),
      Row(name: "smtp-responses borrowed", corpus: .smtpResponses, chunks: lineChunks, body: responsesBorrowed)
    ]
  }
}

@inline(never)
private func responsesOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var framer = SMTPReplyFramer()
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    buffer.append(piece)
    while case .reply(let length) = framer.next(in: buffer) {
      if let reply = try? SMTPReply(buffer.bytes.extracting(first: length)) {
        sum &+= Int(reply.code.number) &+ reply.text.count
      }
      buffer.consume(length)
      units += 1
    }
  }
  keep(sum)
  return units
}

@inline(never)
private func responsesBorrowed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var framer = SMTPReplyFramer()
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    buffer.append(piece)
    while case .reply(let length) = framer.next(in: buffer) {
      var used = SMTPQuirks.none
      if let view = try? SMTPReplyView(buffer.bytes.extracting(first: length), used: &used) {
        sum &+= Int(view.code.number) &+ view.lineCount
      }
      buffer.consume(length)
      units += 1
    }
  }
  keep(sum)
  return units
}
