@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

/// The server's side of an SMTP or LMTP conversation.
struct SMTPReplyTap: ReplyTap {
  var input = TapInput()
  private let quirks: SMTPQuirks
  private let acceptsBareLineFeed: Bool
  private var framer: SMTPReplyFramer
  /// Where the reply began that exceeds the limits: nobody knows where it ends.
  private var lost: UInt64?

  init(isStrict: Bool) {
    quirks = isStrict ? .none : .lenient
    acceptsBareLineFeed = !isStrict
    framer = SMTPReplyFramer(acceptsBareLineFeed: acceptsBareLineFeed)
  }

  mutating func next() -> TapUnit? {
    if let lost { return endLost(since: lost) }
    switch TLSRecord.take(from: &input, isStrict: !acceptsBareLineFeed) {
    case .unit(let unit): return unit
    case .undecided: return nil
    case .nothing: break
    }
    switch framer.next(in: input.buffer) {
    case .reply(let length): return unit(length)
    case .tooLong:
      lost = input.offset
      return next()
    case .incomplete:
      guard input.isAtEnd else { return nil }
      framer = SMTPReplyFramer(acceptsBareLineFeed: acceptsBareLineFeed)
      return input.takeRest("a reply")
    }
  }

  private mutating func unit(_ length: Int) -> TapUnit {
    var unit = TapUnit("reply", at: input.offset, length: UInt64(length))
    let bytes = input.buffer.bytes.extracting(first: length).copied()
    input.buffer.consume(length)
    var used = SMTPQuirks.none
    do throws(SyntaxError) {
      let reply = SMTPReply(try SMTPReplyView(bytes.span, quirks: quirks, used: &used))
      unit.value = reply
      unit.outcome = reply.outcome
      unit.summary = reply.summary
    } catch {
      unit.fault = TapUnit.Fault(error)
      unit.outcome = .unknown
      unit.summary = "a malformed reply"
      unit.remarks = [Detail("line", excerpt(bytes.span))]
    }
    unit.quirks = used.names
    return unit
  }

  private mutating func endLost(since start: UInt64) -> TapUnit? {
    input.buffer.removeAll()
    guard input.isAtEnd else { return nil }
    lost = nil
    framer = SMTPReplyFramer(acceptsBareLineFeed: acceptsBareLineFeed)
    var unit = TapUnit("reply", at: start, length: input.offset - start)
    unit.fault = TapUnit.Fault("tooLong", at: 0)
    unit.outcome = .unknown
    return unit
  }

  // MARK: Attribution

  mutating func expect(_ request: TapUnit?, isGreeting: Bool) {}

  /// A greeting is 220, or refuses service.
  func isGreeting(_ unit: TapUnit) -> Bool {
    guard let reply = unit.value as? SMTPReply else { return true }
    return reply.code == 220 || reply.isNegative
  }

  func attribute(_ unit: inout TapUnit, to request: TapUnit) {
    guard request.kind == "ehlo" || request.kind == "lhlo", let reply = unit.value as? SMTPReply, reply.isPositive
    else {
      return
    }
    unit.value = SMTPOffer(reply: reply)
  }
}
