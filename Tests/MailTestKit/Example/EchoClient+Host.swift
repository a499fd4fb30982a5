@_spi(MailCodec) public import MailWire

extension EchoClient {
  /// Says something that the server repeats.
  public mutating func say(_ text: String) throws(MisuseError) {
    let text = Array(text.utf8)
    guard text.allSatisfy({ $0 >= 32 && $0 != 127 }) else { throw .badArgument }
    try command(.saying, [83, 65, 89, 32] + text)
  }

  /// Starts TLS.
  public mutating func startTLS() throws(MisuseError) { try command(.securing, [84, 76, 83]) }

  /// Sends a text.
  public mutating func put() throws(MisuseError) { try command(.putting, [80, 85, 84]) }

  /// Asks for the stored text.
  public mutating func get() throws(MisuseError) { try command(.getting, [71, 69, 84]) }

  /// Ends the session.
  public mutating func bye() throws(MisuseError) { try command(.leaving, [66, 89, 69]) }

  /// Sends a part of the text that ``EchoClientEvent/contentWanted`` asked for.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) {
    guard state == .sending, core.isOpen else { throw .contentNotExpected }
    encoder.encode(bytes) { run in core.outbound.append(run) }
    wantsContent = true
  }

  /// Ends the text.
  public mutating func finishContent() throws(MisuseError) {
    guard state == .sending, core.isOpen else { throw .contentNotExpected }
    encoder.finish { run in core.outbound.append(run) }
    core.schedule(Timeout(patience))
    state = .kept
  }

  private mutating func command(_ next: State, _ line: [UInt8]) throws(MisuseError) {
    guard core.isOpen else { throw .closed }
    guard state == .idle else { throw .outOfSequence }
    state = next
    core.schedule(Timeout(patience))
    core.trace(TraceRecord(.client, line: line.span))
    core.outbound.append(line)
    core.outbound.appendLineEnd()
  }

  // MARK: The contract

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the peer's end of file.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    if core.transportDidChange(change, at: now), state == .securing {
      state = .idle
      events.append(.ready(isEncrypted: true))
    }
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
    if core.advance(to: now) { core.close(.timedOut) }
  }
}
