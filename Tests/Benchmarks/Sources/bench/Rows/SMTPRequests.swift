@_spi(MailCodec) import MailWire
import SMTPCodec

extension Row {
  /// Command lines through the server machine's framer and codec.
  static var smtpRequests: [Row] {
    [
      Row(name: "smtp-requests owned", corpus: .smtpRequests, chunks: lineChunks, body: requestsOwned),
      Row(name: "smtp-requests borrowed", corpus: .smtpRequests, chunks: lineChunks, body: requestsBorrowed)
    ]
  }
}

@inline(never)
private func requestsOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var framer = LineFramer(limit: 12_288)
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    buffer.append(piece)
    while case .line(let length, let ending) = framer.next(in: &buffer) {
      if let command = try? SMTPCommand(buffer.bytes.extracting(first: length)) { sum &+= weight(command) }
      buffer.consume(length + ending)
      units += 1
    }
  }
  keep(sum)
  return units
}

@inline(never)
private func requestsBorrowed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var framer = LineFramer(limit: 12_288)
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    buffer.append(piece)
    while case .line(let length, let ending) = framer.next(in: &buffer) {
      var used = SMTPQuirks.none
      if let view = try? SMTPCommandView.parse(buffer.bytes.extracting(first: length), used: &used) {
        sum &+= weight(view)
      }
      buffer.consume(length + ending)
      units += 1
    }
  }
  keep(sum)
  return units
}

@inline(__always)
private func weight(_ command: SMTPCommand) -> Int {
  switch command {
  case .mail(.mailbox(let mailbox), let parameters): mailbox.bytes.count &+ (parameters.isEmpty ? 0 : 1)
  case .recipient(.mailbox(let mailbox), let parameters): mailbox.bytes.count &+ (parameters.isEmpty ? 0 : 1)
  case .ehlo(let name): name.bytes.count
  default: 1
  }
}

@inline(__always)
private func weight(_ view: borrowing SMTPCommandView) -> Int {
  switch view {
  case .mail(let path, let parameters): path.bytes.count &+ (parameters.isEmpty ? 0 : 1)
  case .recipient(let path, let parameters): path.bytes.count &+ (parameters.isEmpty ? 0 : 1)
  case .ehlo(let name): name.count
  default: 1
  }
}
