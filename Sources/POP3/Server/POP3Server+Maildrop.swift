@_spi(MailCodec) public import MailWire
@_spi(MailCodec) import POP3Codec

extension POP3Server {
  // MARK: Listings

  mutating func handleListing(_ listing: Listing, _ number: MessageNumber?) {
    guard isInTransaction() else { return }
    guard let number else {
      switch listing {
      case .sizes: sendSummary()
      case .uniqueIDs: send("+OK")
      }
      tally.nextRow = 1
      mode = .listing(listing)
      return
    }
    do throws(MaildropError) {
      _ = try maildrop.octets(of: number.value)
      let start = core.outbound.count
      core.outbound.append("+OK ")
      writeRow(listing, number.value)
      core.traceWritten(.server, since: start)
    } catch {
      sendNegative(error)
    }
  }

  /// Writes rows for as long as there is room for them: a maildrop may have more than a connection should hold.
  mutating func continueListing(_ listing: Listing) {
    while tally.nextRow <= maildrop.highestNumber {
      guard core.hasRoomToWrite else { return }
      if maildrop.contains(tally.nextRow) { writeRow(listing, tally.nextRow) }
      tally.nextRow += 1
    }
    core.outbound.append(".\r\n")
    mode = .commands
  }

  private mutating func writeRow(_ listing: Listing, _ number: Int) {
    switch listing {
    case .sizes: maildrop.writeScanListing(number, to: &core.outbound)
    case .uniqueIDs: maildrop.writeUniqueIDListing(number, to: &core.outbound)
    }
  }

  mutating func sendSummary() {
    let start = core.outbound.count
    core.outbound.append("+OK ")
    appendSummary()
    core.traceWritten(.server, since: start)
  }

  private mutating func sendNegative(_ error: MaildropError) {
    switch error {
    case .noSuchMessage: send("-ERR No such message")
    case .deleted: send("-ERR Message is deleted")
    }
  }

  // MARK: Marks

  mutating func handleDelete(_ number: MessageNumber) {
    guard isInTransaction() else { return }
    do throws(MaildropError) {
      try maildrop.delete(number.value)
      send("+OK Marked to be deleted")
    } catch {
      sendNegative(error)
    }
  }

  mutating func handleLast() {
    guard configuration.answersLast else { return refuse("-ERR Not implemented", .unknownCommand) }
    guard isInTransaction() else { return }
    let start = core.outbound.count
    core.outbound.append("+OK ")
    core.outbound.append(decimal: UInt64(maildrop.lastAccessed))
    core.outbound.appendLineEnd()
    core.traceWritten(.server, since: start)
  }

  // MARK: Texts

  mutating func handleRetrieval(_ number: MessageNumber, bodyLines: Int?) {
    guard isInTransaction() else { return }
    do throws(MaildropError) {
      _ = try maildrop.octets(of: number.value)
    } catch {
      return sendNegative(error)
    }
    if bodyLines == nil { maildrop.noteAccess(number.value) }
    transfer = Transfer()
    transfer.number = number.value
    if let bodyLines { transfer.filter = TopFilter(bodyLines: bodyLines) }
    mode = .transfer
    events.append(.retrieve(message: number.value, bodyLines: bodyLines))
  }

  /// Hands over the next part of the message's text, dots and line ends as they are stored.
  ///
  /// The first part makes the response positive. Parts that the client did not ask for, by `TOP`, are dropped. A part is
  /// taken whole, so its size is what the host is willing to have waiting beyond the limit.
  ///
  /// - Throws: `contentNotExpected` unless ``POP3ServerEvent/retrieve(message:bodyLines:)`` waits for it, `closed`.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) {
    try checkTransfer()
    tally.isActive = true
    beginTransfer()
    guard !transfer.isSatisfied else { return }
    transfer.isAskedFor = false
    let count = transfer.filter?.take(bytes) ?? bytes.count
    Self.encode(bytes.extracting(first: count), with: &transfer.encoder, to: &core.outbound)
    guard let filter = transfer.filter, filter.isSatisfied else { return }
    transfer.isSatisfied = true
    Self.finish(&transfer.encoder, to: &core.outbound)
    events.append(.contentSuffices)
  }

  /// Ends the message's text.
  ///
  /// - Throws: `contentNotExpected`, `closed`.
  public mutating func finishContent() throws(MisuseError) {
    try checkTransfer()
    tally.isActive = true
    beginTransfer()
    if !transfer.isSatisfied { Self.finish(&transfer.encoder, to: &core.outbound) }
    mode = .commands
  }

  /// Hands over the whole text at once and ends it: ``sendContent(_:)`` and ``finishContent()`` in one.
  ///
  /// - Throws: `contentNotExpected`, `closed`.
  public mutating func sendMessage(_ message: [UInt8]) throws(MisuseError) {
    try sendContent(message.span)
    try finishContent()
  }

  /// Gives up on the message's text: a negative response when it has not begun. Otherwise the connection is closed without
  /// the final dot, which is the only way to tell the client that the message is incomplete.
  ///
  /// - Throws: `contentNotExpected`, `closed`.
  public mutating func failContent() throws(MisuseError) {
    try checkTransfer()
    tally.isActive = true
    mode = .commands
    if !transfer.hasBegun {
      send("-ERR [SYS/TEMP] Message cannot be read")
    } else if !transfer.isSatisfied {
      core.close(.shutdown)
    }
  }

  private func checkTransfer() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard case .transfer = mode else { throw .contentNotExpected }
  }

  private mutating func beginTransfer() {
    guard !transfer.hasBegun else { return }
    transfer.hasBegun = true
    let start = core.outbound.count
    core.outbound.append("+OK")
    if transfer.filter == nil, let octets = try? maildrop.octets(of: transfer.number) {
      core.outbound.append(.space)
      core.outbound.append(decimal: octets)
      core.outbound.append(" octets")
    }
    core.outbound.appendLineEnd()
    core.traceWritten(.server, since: start)
    if core.isTracing { core.trace(TraceRecord(.server, hidden: "<content>")) }
  }

  private static func encode(
    _ part: Span<UInt8>, with encoder: inout DotStuffingEncoder, to output: inout OutboundBuffer
  ) {
    encoder.encode(part) { output.append($0) }
  }

  private static func finish(_ encoder: inout DotStuffingEncoder, to output: inout OutboundBuffer) {
    encoder.finish { output.append($0) }
  }
}
