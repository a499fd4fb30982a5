@_spi(MailCodec) public import MailWire
@_spi(MailCodec) public import SMTPCodec

extension SMTPClient {
  /// Logs in with `AUTH PLAIN`, or `AUTH LOGIN` where only that is offered.
  ///
  /// - Throws: `outOfSequence` unless the client is idle and not logged in, `notOffered`, `encryptionRequired` on a
  ///   channel in the clear, `badArgument` for credentials that the mechanism cannot carry, `closed`.
  public mutating func authenticate(_ credentials: Credentials) throws(MisuseError) {
    try requireIdle()
    guard dialogue.allows(.authenticate) else { throw .outOfSequence }
    guard dialogue.isEncrypted || configuration.allowsPlaintextAuthentication else { throw .encryptionRequired }
    let message = try PlainMessage.write(credentials)
    if capabilities.mechanisms.contains(.plain) {
      write(.authenticate(.plain, initialResponse: InitialResponse(Secret(message))), .authentication(.plain))
    } else if capabilities.mechanisms.contains(.login) {
      write(.authenticate(.login, initialResponse: nil), .authentication(.loginUser))
    } else {
      throw .notOffered
    }
    self.credentials = credentials
    dialogue.take(.authenticate)
  }

  /// Begins a transaction: `MAIL` and all `RCPT`, then `DATA` when at least one recipient was accepted.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `badArgument` without a recipient, `tooLong` when the message is
  ///   larger than the server takes, `notOffered` for an encoding that it does not take, `closed`.
  public mutating func send(_ envelope: SMTPEnvelope) throws(MisuseError) {
    try requireIdle()
    guard !envelope.recipients.isEmpty else { throw .badArgument }
    if let size = envelope.size, let maximum = capabilities.maximumMessageSize, size > maximum { throw .tooLong }
    switch envelope.body {
    case .binaryMIME: throw .notOffered
    case .eightBitMIME where !capabilities.offersEightBitMIME: throw .notOffered
    case .eightBitMIME, .sevenBit, nil: break
    }
    let parameters = ESMTPParameters(
      size: capabilities.offersSize ? envelope.size : nil,
      body: envelope.body == .eightBitMIME ? envelope.body : nil)
    transaction = Transaction(envelope)
    write(.mail(envelope.sender, parameters), .mail)
  }

  /// Gives a part of the message; parts end anywhere. Line ends become CRLF and dots are stuffed on the way.
  ///
  /// - Throws: `contentNotExpected` unless ``SMTPClientEvent/contentWanted`` came, `closed`.
  public mutating func sendContent(_ part: Span<UInt8>) throws(MisuseError) {
    guard var transaction = try openContent() else { return }
    transaction.encoder.encode(part) { run in core.outbound.append(run) }
    transaction.isContentWanted = false
    self.transaction = transaction
    isActive = true
  }

  /// Ends the message. The outcome follows.
  ///
  /// - Throws: `contentNotExpected` unless ``SMTPClientEvent/contentWanted`` came, `closed`.
  public mutating func finishContent() throws(MisuseError) {
    guard var transaction = try openContent() else { return }
    transaction.encoder.finish { run in core.outbound.append(run) }
    transaction.phase = .verdict
    self.transaction = transaction
    core.trace(TraceRecord(.client, hidden: "<content>"))
    expect(.content)
  }

  /// Gives the whole message at once and ends it: ``sendContent(_:)`` and ``finishContent()`` in one.
  ///
  /// - Throws: `contentNotExpected` unless ``SMTPClientEvent/contentWanted`` came, `closed`.
  public mutating func sendMessage(_ message: [UInt8]) throws(MisuseError) {
    try sendContent(message.span)
    try finishContent()
  }

  private func openContent() throws(MisuseError) -> Transaction? {
    guard !core.isOver else { throw .closed }
    guard let transaction, transaction.phase == .content else { throw .contentNotExpected }
    return transaction
  }

  /// `RSET`; the reply comes as an event.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `closed`.
  public mutating func reset() throws(MisuseError) { try inquire(.reset) }

  /// `NOOP`; the reply comes as an event.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `closed`.
  public mutating func noop() throws(MisuseError) { try inquire(.noop(SMTPText())) }

  /// `VRFY`; the reply comes as an event.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `badArgument` without a text, `closed`.
  public mutating func verify(_ text: SMTPText) throws(MisuseError) {
    guard !text.bytes.isEmpty else { throw .badArgument }
    try inquire(.verify(text))
  }

  /// `EXPN`; the reply comes as an event.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `badArgument` without a text, `closed`.
  public mutating func expand(_ text: SMTPText) throws(MisuseError) {
    guard !text.bytes.isEmpty else { throw .badArgument }
    try inquire(.expand(text))
  }

  /// `HELP`, perhaps on a topic; the reply comes as an event.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `closed`.
  public mutating func help(_ topic: SMTPText = SMTPText()) throws(MisuseError) { try inquire(.help(topic)) }

  /// `QUIT`; the connection closes behind the reply.
  ///
  /// - Throws: `outOfSequence` unless the client is idle, `closed`.
  public mutating func quit() throws(MisuseError) {
    try requireIdle()
    write(.quit, .quit)
    dialogue.take(.quit)
  }

  /// Ends the connection at once, whatever is under way: the only way out of a half-sent message.
  public mutating func close() { core.cut(.shutdown) }

  private mutating func inquire(_ command: SMTPCommand) throws(MisuseError) {
    try requireIdle()
    write(command, .inquiry)
  }

  private func requireIdle() throws(MisuseError) {
    guard !core.isOver, dialogue.state != .closed else { throw .closed }
    guard isIdle else { throw .outOfSequence }
  }

  // MARK: Writing

  mutating func write(_ command: SMTPCommand, _ expectation: Expectation) {
    let start = core.outbound.count
    command.write(to: &core.outbound)
    if case .authenticate(let mechanism, initialResponse: .some) = command {
      core.trace(TraceRecord(.client, line: mechanism.bytes.span, prefix: "AUTH ", suffix: " <hidden>"))
    } else {
      core.traceWritten(.client, since: start)
    }
    expect(expectation)
  }

  /// Writes a line of an authentication exchange.
  mutating func write(response: Span<UInt8>, _ expectation: Expectation) {
    core.outbound.append(Base64.encode(response))
    core.outbound.appendLineEnd()
    core.trace(TraceRecord(.client, hidden: "<hidden>"))
    expect(expectation)
  }

  private mutating func expect(_ expectation: Expectation) {
    expectations.append(expectation)
    isActive = true
  }
}
