@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension Row {
  /// Commands through the server machine's stream and codec; continuation requests are taken as sent.
  static var imapCommands: [Row] {
    [CorpusKind.imapCommands, .imapCommandsNonSynchronising].map { kind in
      Row(name: "\(kind.rawValue) owned", corpus: kind, chunks: lineChunks, body: commandsOwned)
    }
  }
}

@inline(never)
private func commandsOwned(_ corpus: [UInt8], _ chunk: Int) -> Int {
  var stream = IMAPUnitStream(.commands)
  var buffer = ReceiveBuffer()
  var position: AppendContinuation.Position?
  var used = IMAPQuirks.none
  var units = 0
  var sum = 0
  var chunks = Chunks(corpus, chunk)
  while let range = chunks.next() {
    buffer.append(corpus.span.extracting(range))
    events: while true {
      switch stream.next(in: &buffer) {
      case .unit:
        units += 1
        if let place = position {
          position = nil
          if (try? stream.continuation(in: buffer, at: place)) != nil { sum &+= 1 }
        } else if let command = try? stream.command(in: buffer, used: &used) {
          sum &+= command.tag == lastTag ? 1 : 2
        }
      case .contentBegins(_, .message(let place)):
        if position == nil, (try? stream.command(in: buffer, used: &used)) != nil { sum &+= 1 }
        position = place
      case .continuationWanted, .contentBegins, .content, .endOfContent: sum &+= 1
      case .incomplete, .discarded, .failed: break events
      }
    }
  }
  keep(sum)
  return units
}

private let lastTag = try? IMAPTag("ZZZZ")
