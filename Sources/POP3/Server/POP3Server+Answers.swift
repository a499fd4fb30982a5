@_spi(MailCodec) public import MailWire
public import POP3Codec

extension POP3Server {
  /// Answers ``POP3ServerEvent/authenticate(_:)`` with yes: the client may have this maildrop, which is locked now.
  ///
  /// - Throws: `outOfSequence` when no such question waits, `closed`.
  public mutating func accept(_ maildrop: Maildrop) throws(MisuseError) {
    try checkQuestion(.authentication)
    question = nil
    tally.isActive = true
    self.maildrop = maildrop
    dialogue.take(.authenticated)
    let start = core.outbound.count
    core.outbound.append("+OK Maildrop locked, ")
    appendSummary()
    core.traceWritten(.server, since: start)
  }

  /// Answers ``POP3ServerEvent/update(deleted:)`` with yes: all of them are gone.
  ///
  /// - Throws: `outOfSequence` when no such question waits, `closed`.
  public mutating func accept() throws(MisuseError) {
    try checkQuestion(.update)
    question = nil
    dialogue.take(.updated)
    send("+OK Goodbye")
    core.close(.quit)
  }

  /// Answers the waiting question with no: an authentication, an update, or a retrieval whose text has not begun.
  ///
  /// - Parameter response: a negative response, such as ``POP3Response/authenticationFailed``.
  /// - Throws: `outOfSequence` when no question waits, `unfittingAnswer` for a response that is not negative, `tooLong`
  ///   when its line is longer than 512 octets, `closed`.
  public mutating func reject(_ response: POP3Response) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard response.status == .error else { throw .unfittingAnswer }
    guard response.encodedCount <= POP3Limits.responseLine else { throw .tooLong }
    switch (question, mode) {
    case (.authentication?, _):
      question = nil
      dialogue.take(.authenticationFailed)
      tally.isActive = true
      send(response)
      // A maildrop that is in use is not an attempt to guess a password.
      if response.code.map({ $0.isWithin(.authentication) }) ?? true { countAuthenticationFailure() }
    case (.update?, _):
      question = nil
      dialogue.take(.updated)
      send(response)
      core.close(.quit)
    case (nil, .transfer):
      guard !transfer.hasBegun else { throw .outOfSequence }
      mode = .commands
      tally.isActive = true
      send(response)
    case (nil, .greeting), (nil, .commands), (nil, .authentication), (nil, .listing):
      throw .outOfSequence
    }
  }

  /// Ends the session as soon as the answer that is under way has left. Nothing is deleted, unless the client's `QUIT` was
  /// taken already.
  public mutating func shutDown() { tally.isShuttingDown = true }

  private func checkQuestion(_ wanted: Question) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    switch (question, wanted) {
    case (.authentication?, .authentication), (.update?, .update): break
    case (.authentication?, .update), (.update?, .authentication), (nil, .authentication), (nil, .update):
      throw .outOfSequence
    }
  }

  /// Appends `2 messages (320 octets)` and CRLF.
  mutating func appendSummary() {
    core.outbound.append(decimal: UInt64(maildrop.count))
    core.outbound.append(maildrop.count == 1 ? " message (" : " messages (")
    core.outbound.append(decimal: maildrop.octets)
    core.outbound.append(" octets)")
    core.outbound.appendLineEnd()
  }
}
