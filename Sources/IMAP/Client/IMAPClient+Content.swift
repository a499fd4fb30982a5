@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPClient {
  /// Gives the next octets of the message that ``IMAPClientEvent/contentWanted(_:)`` asked for.
  ///
  /// - Throws: `contentNotExpected` when none are asked for, `tooLong` when there are more than the announced size leaves,
  ///   `closed`.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) {
    let left = try contentLeft()
    guard UInt64(bytes.count) <= left else { throw .tooLong }
    core.outbound.append(bytes)
    written += UInt64(bytes.count)
    writing?.phase = .content(left - UInt64(bytes.count))
    writing?.isContentWanted = false
    isActive = true
  }

  /// Ends the message, all octets of which have been given, and goes on with another part or another message, or ends the
  /// command.
  ///
  /// - Parameters:
  ///   - next: `TEXT` of the same `CATENATE`, one more message, [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502), or the end.
  ///   - urls: parts by URL before what comes next; only in `CATENATE`.
  /// - Throws: `contentNotExpected` when no message is asked for or octets of it are missing, `badArgument` for parts where
  ///   the message has none, `notOffered` for one more message where the server does not take several, `closed`.
  public mutating func finishContent(
    _ next: AppendContinuation.Next = .end, urls: [IMAPString] = []
  ) throws(MisuseError) {
    guard try contentLeft() == 0, let writing, let content = writing.content else { throw .contentNotExpected }
    guard let continuation = try? AppendContinuation(next, urls: urls, at: content.position) else { throw .badArgument }
    if case .message(let message) = next {
      try require("MULTIAPPEND")
      try requireLiteral(of: message)
    }
    if case .text(let content) = next, content.isBinary { try require("BINARY", orRevision2: true) }
    self.writing = ClientWriting(
      id: writing.id, text: continuation.encoded(for: encoding), content: next.announcedContent)
    isActive = true
    writePiece()
  }

  private func contentLeft() throws(MisuseError) -> UInt64 {
    guard !core.isOver else { throw .closed }
    guard let writing, case .content(let left) = writing.phase else { throw .contentNotExpected }
    return left
  }

  /// Asks the host for content, or completes what a refused command has begun; false when there is nothing to do.
  mutating func continueContent() -> Bool {
    guard let writing, core.hasRoomToWrite else { return false }
    switch writing.phase {
    case .waiting: return false
    case .content:
      guard !writing.isContentWanted else { return false }
      self.writing?.isContentWanted = true
      events.append(.contentWanted(writing.id))
    case .filler(let left): fill(left)
    }
    return true
  }

  /// The server has refused the command whose text or message is on its way.
  mutating func refuseWriting() {
    guard let writing else { return }
    switch writing.phase {
    // The literal that was announced never begins, and the command ends here.
    case .waiting, .filler: self.writing = nil
    case .content(let left):
      // The server waits for as many octets as were announced, whatever it thinks of them.
      guard left <= configuration.limits.refusedContent else { return core.close(.serviceRefused) }
      self.writing?.phase = .filler(left)
    }
  }

  private mutating func fill(_ left: UInt64) {
    let count = Int(min(left, 4_096))
    let spaces = [UInt8](repeating: .space, count: count)
    core.outbound.append(spaces)
    written += UInt64(count)
    writing?.phase = .filler(left - UInt64(count))
    isActive = true
    guard left == UInt64(count) else { return }
    if case .literal? = writing?.content?.position {
    } else {
      core.outbound.append(41)
      written += 1
    }
    core.outbound.appendLineEnd()
    written += 2
    writing = nil
  }
}

extension AppendContinuation.Next {
  /// The literal that is announced.
  var announcedContent: (size: UInt64, position: AppendContinuation.Position)? {
    switch self {
    case .text(let content): (content.size, .catenate)
    case .message(let message): message.announcedContent
    case .end: nil
    }
  }
}
