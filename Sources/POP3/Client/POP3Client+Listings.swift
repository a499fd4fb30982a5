@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

extension POP3Client {
  /// What a line of a listing says.
  private enum Row {
    case end
    case capability(POP3Capability)
    case size(ScanListing)
    case uniqueID(UniqueIDListing)
  }

  mutating func begin(_ mode: Mode) {
    self.mode = mode
    listing = Listing()
  }

  mutating func takeRow(_ length: Int, _ ending: Int, _ used: inout POP3Quirks) {
    core.traceReceived(.server, length: length)
    do throws(SyntaxError) {
      let row = try row(length, &used)
      core.inbound.consume(length + ending)
      append(row)
    } catch {
      core.inbound.consume(length + ending)
      guard countRow() else { return }
      // A row that cannot be read is no reason to lose the others; its absence is reported once.
      if !listing.hasReportedMalformedRow { events.append(.violation(ProtocolViolation(.syntax(error), .tolerated))) }
      listing.hasReportedMalformedRow = true
    }
  }

  private func row(_ length: Int, _ used: inout POP3Quirks) throws(SyntaxError) -> Row {
    var line = core.inbound.bytes.extracting(first: length)
    if length > 0, line[0] == .dot {
      if length == 1 { return .end }
      line = line.extracting(droppingFirst: 1)
    }
    let quirks = configuration.quirks
    switch mode {
    case .capabilities: return .capability(try POP3Capability(parsing: line, quirks: quirks, used: &used))
    case .sizes: return .size(try ScanListing(parsing: line, quirks: quirks, used: &used))
    case .uniqueIDs:
      return .uniqueID(UniqueIDListing(try UniqueIDListingView.parse(line, quirks: quirks, used: &used)))
    case .response, .content: return .end
    }
  }

  private mutating func append(_ row: Row) {
    if case .end = row { return finishListing() }
    guard countRow() else { return }
    switch row {
    case .capability(let capability): listing.capabilities.append(capability)
    case .size(let size): listing.sizes.append(size)
    case .uniqueID(let uniqueID): listing.uniqueIDs.append(uniqueID)
    case .end: break
    }
  }

  /// Counts a row, and ends the connection when there are too many.
  private mutating func countRow() -> Bool {
    listing.rows += 1
    var limit = configuration.limits.listingRows
    if case .capabilities = mode { limit = configuration.limits.capabilities }
    guard listing.rows > limit else { return true }
    listing = Listing()
    core.abort(.responseTooLong)
    return false
  }

  private mutating func finishListing() {
    let listing = listing
    self.listing = Listing()
    requests.removeFirst()
    switch mode {
    case .capabilities: finishCapabilities(listing.capabilities)
    case .sizes: events.append(.listing(listing.sizes))
    case .uniqueIDs: events.append(.uniqueIDs(listing.uniqueIDs))
    case .response, .content: break
    }
    mode = .response
  }

  // MARK: Content

  /// Takes what has arrived of a message; false when that is nothing.
  mutating func takeContent() -> Bool {
    guard !core.inbound.isEmpty else { return false }
    var part: [UInt8] = []
    var decoder = decoder
    let read = decoder.decode(core.inbound.bytes, into: &part)
    self.decoder = decoder
    core.inbound.consume(read)
    isActive = true
    if !part.isEmpty { events.append(.content(part)) }
    guard decoder.isAtEnd else { return true }
    if !decoder.irregularities.isEmpty {
      events.append(.violation(ProtocolViolation(.irregularContent(decoder.irregularities), .tolerated)))
    }
    events.append(.contentEnds)
    requests.removeFirst()
    mode = .response
    return true
  }
}
