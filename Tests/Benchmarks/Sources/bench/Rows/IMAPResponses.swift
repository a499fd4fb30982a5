@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension Row {
  /// Responses through the client machine's stream and codec; what is owned holds all that the response says.
  static var imapResponses: [Row] {
    let kinds: [CorpusKind] = [.imapFetch, .imapFlags, .dovecotFetch]
    return kinds.flatMap { kind in
      [
        Row(name: "\(kind.rawValue) owned", corpus: kind, chunks: lineChunks, body: responsesOwned),
        Row(name: "\(kind.rawValue) borrowed", corpus: kind, chunks: lineChunks, body: responsesBorrowed)
      ]
    } + [Row(name: "imap-bodies streamed", corpus: .imapBodies, chunks: lineChunks, body: bodiesStreamed)]
  }
}

@inline(never)
private func responsesOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var stream = IMAPUnitStream(.responses)
  var parser = IMAPResponseParser()
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  var chunks = Chunks(corpus, chunk)
  while let range = chunks.next() {
    buffer.append(corpus.span.extracting(range))
    while case .unit = stream.next(in: &buffer) {
      if case .untagged(.fetch(let fetch)) = try? stream.response(in: buffer, &parser) {
        sum &+= Int(fetch.number) &+ Int(fetch.uid ?? 0) &+ (fetch.flags == nil ? 0 : 1)
      }
      units += 1
    }
  }
  keep(sum)
  return units
}

@inline(never)
private func responsesBorrowed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var stream = IMAPUnitStream(.responses)
  var parser = IMAPResponseParser()
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  var chunks = Chunks(corpus, chunk)
  while let range = chunks.next() {
    buffer.append(corpus.span.extracting(range))
    while case .unit = stream.next(in: &buffer) {
      sum &+= fetchSum(stream.unit(in: buffer).text, &parser)
      units += 1
    }
  }
  keep(sum)
  return units
}

@inline(__always)
private func fetchSum(_ unit: Span<UInt8>, _ parser: inout IMAPResponseParser) -> Int {
  guard let fetch = try? parser.fetch(unit) else { return 0 }
  return Int(fetch.number) &+ Int(fetch.uid ?? 0) &+ Int(fetch.systemFlags?.rawValue ?? 0)
}

/// Contents are looked at where they lie, responses are parsed and owned.
@inline(never)
private func bodiesStreamed(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var stream = IMAPUnitStream(.responses)
  var parser = IMAPResponseParser()
  var buffer = ReceiveBuffer()
  var units = 0
  var sum = 0
  var chunks = Chunks(corpus, chunk)
  while let range = chunks.next() {
    buffer.append(corpus.span.extracting(range))
    events: while true {
      switch stream.next(in: &buffer) {
      case .unit:
        if case .untagged(.fetch(let fetch)) = try? stream.response(in: buffer, &parser) { sum &+= Int(fetch.number) }
        units += 1
      case .contentBegins(let header, _): sum &+= Int(header.size)
      case .content:
        let content = stream.content(in: buffer)
        sum &+= content.count &+ Int(content[0])
      case .endOfContent: sum &+= 1
      case .incomplete, .continuationWanted, .discarded, .failed: break events
      }
    }
  }
  keep(sum)
  return units
}
