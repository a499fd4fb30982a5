import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPServer {
  /// Sends octets of the section that ``IMAPServerEvent/contentWanted(uid:)`` asks for.
  ///
  /// - Throws: `contentNotExpected` when none is asked for, `tooLong` for more than its announced size leaves, `closed`.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let transfer else { throw .contentNotExpected }
    guard UInt64(bytes.count) <= transfer.left else { throw .tooLong }
    core.outbound.append(bytes)
    self.transfer?.left -= UInt64(bytes.count)
    self.transfer?.isAskedFor = false
    tally.isActive = true
    continueContents()
  }

  /// Asks for ``IMAPServerEvent/roomToWrite`` as soon as what was sent has left, but for
  /// ``ConnectionLimits/unwrittenBytes``.
  ///
  /// - Throws: `outOfSequence` when no command waits for its completion, `closed`.
  public mutating func awaitRoom() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, running.completion == nil else { throw .outOfSequence }
    wantsRoom = true
  }

  /// Writes a response, or keeps it until the contents before it are complete.
  mutating func write(_ response: UntaggedResponse, of uid: UInt32 = 0, _ sizes: [UInt64] = []) {
    if transfer == nil, sizes.isEmpty { return send(.untagged(response)) }
    let pieces = IMAPResponse.untagged(response).encoded(for: encoding).pieces
    waiting.append(ServerTransfer(uid: uid, pieces: pieces, sizes: sizes))
    if transfer == nil { continueContents() }
  }

  /// Goes on behind contents of which nothing is missing.
  private mutating func continueContents() {
    while true {
      if let current = transfer {
        guard current.left == 0 else { return }
        append(current.pieces[current.index + 1])
        let next = current.index + 1
        if next < current.sizes.count {
          transfer?.index = next
          transfer?.left = current.sizes[next]
          continue
        }
        transfer = nil
      }
      guard var next = waiting.popFirst() else { break }
      append(next.pieces[0])
      guard let size = next.sizes.first else { continue }
      next.left = size
      transfer = next
    }
    guard let running, let status = running.completion else { return }
    end(running, status)
  }

  private mutating func append(_ piece: [UInt8]) {
    let start = core.outbound.count
    core.outbound.append(piece.span)
    core.traceWritten(.server, since: start)
  }
}
