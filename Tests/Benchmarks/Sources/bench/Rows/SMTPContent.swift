import MailWire

extension Row {
  /// One large message, decoded and encoded into storage that is used again.
  static var smtpContent: [Row] {
    [
      Row(name: "smtp-data decode", corpus: .smtpData, chunks: lineChunks, body: contentDecoded),
      Row(name: "smtp-data encode", corpus: .smtpData, chunks: lineChunks, prepare: decoded, body: contentEncoded)
    ]
  }
}

/// The number of units is the number of octets: there is one message only.
@inline(never)
private func contentDecoded(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var decoder = DotStuffingDecoder()
  var output: [UInt8] = []
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    output.removeAll(keepingCapacity: true)
    _ = decoder.decode(piece, into: &output)
    sum &+= output.count
  }
  keep(sum)
  return corpus.count
}

@inline(never)
private func contentEncoded(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var encoder = DotStuffingEncoder()
  var output: [UInt8] = []
  var sum = 0
  forEachChunk(corpus, chunk) { piece in
    output.removeAll(keepingCapacity: true)
    encoder.encode(piece, into: &output)
    sum &+= output.count
  }
  encoder.finish(into: &output)
  keep(sum)
  return corpus.count
}

private func decoded(_ corpus: [UInt8]) -> [UInt8] {
  var decoder = DotStuffingDecoder()
  var output: [UInt8] = []
  output.reserveCapacity(corpus.count)
  _ = decoder.decode(corpus.span, into: &output)
  return output
}
