@_spi(MailCodec) public import MailWire

extension EchoServer {
  /// Answers the waiting question positively.
  public mutating func accept() throws(MisuseError) {
    guard core.isOpen else { throw .closed }
    switch state {
    case .deciding(let text): answer(good: true, text)
    case .judging: answer(good: true, "kept".utf8.map { $0 })
    case .fresh, .command, .receiving, .sending: throw .outOfSequence
    }
    state = .command
  }

  /// Answers the waiting question negatively.
  public mutating func reject() throws(MisuseError) {
    guard core.isOpen else { throw .closed }
    switch state {
    case .deciding, .judging: answer(good: false, "no".utf8.map { $0 })
    case .fresh, .command, .receiving, .sending: throw .outOfSequence
    }
    state = .command
  }

  /// Sends a part of the text that ``EchoServerEvent/contentWanted`` asked for.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) {
    guard case .sending = state, core.isOpen else { throw .contentNotExpected }
    encoder.encode(bytes) { run in core.outbound.append(run) }
    core.schedule(Timeout(patience))
    wantsContent = true
  }

  /// Ends the text.
  public mutating func finishContent() throws(MisuseError) {
    guard case .sending = state, core.isOpen else { throw .contentNotExpected }
    encoder.finish { run in core.outbound.append(run) }
    core.schedule(Timeout(patience))
    wantsContent = false
    state = .command
  }

  /// Ends the connection with a last word.
  public mutating func shutDown() {
    guard core.isOpen else { return }
    answer(good: false, "closing".utf8.map { $0 })
    core.close(.shutdown)
  }

  // MARK: The contract

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the peer's end of file.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    if core.transportDidChange(change, at: now), case .deciding = state { state = .command }
  }

  /// Lends the waiting bytes.
  public mutating func withOutbound<Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Int
  ) throws(Failure) {
    core.consumeOutbound(try body(core.outbound.bytes))
  }

  /// Gives up the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) { core.takeOutbound(into: &buffer) }

  /// Takes the time.
  public mutating func advance(to now: Instant) {
    if core.advance(to: now) {
      answer(good: false, "too slow".utf8.map { $0 })
      core.close(.timedOut)
    }
  }
}
