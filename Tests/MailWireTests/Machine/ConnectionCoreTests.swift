import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

/// The rules of every connection, seen from inside a machine.
@Suite struct ConnectionCoreTests {
  /// Polls the core until it waits: `write`, the actions and the ends, in order.
  private func outputs(_ core: inout ConnectionCore, taking share: Int = .max) -> [String] {
    var lines: [String] = []
    for _ in 0..<100 {
      switch core.tail(reading: true) {
      case .write:
        lines.append("write \(core.outbound.count)")
        core.consumeOutbound(min(share, core.outbound.count))
      case .transport(let action): lines.append("\(action)")
      case .violation(let violation): lines.append("violation \(violation.fault)")
      case .closed(let reason): lines.append("closed \(reason)")
      case .trace(let record): lines.append("\(record)")
      case .wait(let wait):
        if wait.reading { lines.append("read") }
        if wait.writing { lines.append("writing") }
        return lines
      }
    }
    return ["endless"]
  }

  private func core(_ limits: ConnectionLimits = ConnectionLimits(), tracing: Bool = false) -> ConnectionCore {
    var core = ConnectionCore(limits: limits, isTracing: tracing)
    _ = core.advance(to: .zero)
    return core
  }

  private let text: StaticString = "bye\r\n"

  @Test func writesComeFirst() {
    var closing = core()
    closing.outbound.append(text)
    closing.close(.quit)
    check(outputs(&closing) == ["write 5", "close", "closed quit"])
    check(outputs(&closing).isEmpty)

    var securing = core()
    securing.outbound.append(text)
    securing.startTLS()
    check(outputs(&securing) == ["write 5", "startTLS"])
    check(!securing.isOpen && outputs(&securing).isEmpty)
    check(securing.transportDidChange(.tls(TLSDescription()), at: .zero))
    check(securing.isOpen && securing.isEncrypted && outputs(&securing) == ["read"])

    var refusing = core()
    refusing.outbound.append(text)
    refusing.close(violation: .tooManyErrors)
    check(
      outputs(&refusing) == ["write 5", "violation tooManyErrors", "close", "closed violation(\(Self.tooMany))"])
  }

  private static let tooMany = "MailWire.ProtocolViolation.Fault.tooManyErrors"

  /// Bytes that the transport takes slowly hold back what must come after them.
  @Test func partialWrites() {
    var core = core()
    core.outbound.append(text)
    core.close(.quit)
    check(outputs(&core, taking: 2) == ["write 5", "writing"])
    core.consumeOutbound(2)
    check(outputs(&core, taking: 0) == ["writing"])
    core.consumeOutbound(1)
    check(outputs(&core) == ["close", "closed quit"])

    var taken: [UInt8] = [1, 2, 3]
    var other = self.core()
    other.outbound.append(text)
    check(outputs(&other, taking: 1) == ["write 5", "read", "writing"])
    other.takeOutbound(into: &taken)
    check(visible(taken) == #"ye\r\n"# && outputs(&other) == ["read"])
    other.outbound.append(text)
    check(outputs(&other) == ["write 5", "read"])
  }

  /// Plaintext around STARTTLS ends the connection: before the answer, half a line, after it, before the handshake is done.
  @Test func plaintextBeforeTLS() {
    let end = ["violation plaintextBeforeTLS", "close", "closed violation(\(Self.plaintext))"]
    for early in [true, false] {
      for isAnnounced in [true, false] where !(early && isAnnounced) {
        var core = core()
        if early { core.receive([78].span, at: .zero) }
        core.outbound.append(text)
        core.startTLS()
        if isAnnounced { check(outputs(&core) == ["write 5", "startTLS"]) }
        if !early { core.receive([78].span, at: .zero) }
        check(outputs(&core) == (isAnnounced ? [] : ["write 5"]) + end)
        check(core.inbound.isEmpty && !core.isEncrypted)
        check(!core.transportDidChange(.tls(TLSDescription()), at: .zero) && !core.isEncrypted)
      }
    }
    // TLS that nobody asked for, with plaintext unread.
    var unasked = core()
    unasked.receive([78].span, at: .zero)
    check(!unasked.transportDidChange(.tls(TLSDescription()), at: .zero))
    check(outputs(&unasked) == end && !unasked.isEncrypted)
  }

  private static let plaintext = "MailWire.ProtocolViolation.Fault.plaintextBeforeTLS"

  /// However often and in whatever order the end is asked for, it comes once, with the first reason.
  @Test func closesOnce() {
    let ends: [(inout ConnectionCore) -> Void] = [
      { $0.close(.quit) }, { $0.close(violation: .tooManyErrors) }, { $0.abort(.receiveOverflow) },
      { _ = $0.transportDidChange(.failed, at: .zero) }, { _ = $0.transportDidChange(.tlsFailed, at: .zero) },
      { $0.receiveEnd(at: .zero) }, { $0.startTLS() }, { $0.receive([1].span, at: .zero) }
    ]
    let closing = ends.prefix(5)
    for first in closing {
      for second in ends {
        for third in ends {
          var core = core()
          core.outbound.append(text)
          first(&core)
          let reason = core.closeReason
          second(&core)
          let lines = outputs(&core)
          third(&core)
          let rest = outputs(&core)
          let isRight =
            lines.filter { $0.hasPrefix("closed") }.count == 1 && lines.filter { $0 == "close" }.count == 1
            && lines.filter { $0.hasPrefix("violation") }.count <= 1 && lines.last?.hasPrefix("closed") == true
            && rest.isEmpty && core.isOver && reason.map { lines.last == "closed \($0)" } == true
          if !isRight { Issue.record("\(lines) then \(rest)") }
        }
      }
    }
  }

  @Test func overflow() {
    var core = core(ConnectionLimits(unreadBytes: 4))
    core.receive([1, 2, 3, 4].span, at: .zero)
    check(outputs(&core) == ["read"])
    core.receive([5].span, at: .zero)
    // Full: no reading any more, and a host that reads on regardless loses the connection.
    check(outputs(&core).isEmpty && core.inbound.count == 5)
    core.outbound.append(text)
    core.receive([6].span, at: .zero)
    check(outputs(&core).first == "violation receiveOverflow" && core.inbound.isEmpty)

    var writing = self.core(ConnectionLimits(unwrittenBytes: 5))
    writing.outbound.append(text)
    check(!writing.hasRoomToWrite && outputs(&writing, taking: 0) == ["write 5", "writing"])
    writing.consumeOutbound(1)
    check(writing.hasRoomToWrite && outputs(&writing) == ["read", "writing"])
  }

  /// Last bytes that the peer does not take are given up when the time is over.
  @Test func lingering() {
    var core = core(ConnectionLimits(lingering: .seconds(10)))
    core.outbound.append(text)
    core.close(.quit)
    check(outputs(&core, taking: 1) == ["write 5", "writing"])
    guard case .wait(let wait) = core.tail(reading: true) else { return check(false, "no wait") }
    check(wait.deadline == .zero + .seconds(10))
    check(!core.advance(to: .zero + .seconds(9)) && outputs(&core).last == "writing")
    // The machine is over: its own deadline does not come again.
    check(!core.advance(to: .zero + .seconds(10)) && outputs(&core) == ["close", "closed quit"])
    guard case .wait(Wait(reading: false, deadline: nil)) = core.tail(reading: true) else {
      return check(false, "a closed machine waits for nothing")
    }
  }

  @Test func deadlines() {
    var core = ConnectionCore(limits: ConnectionLimits(), isTracing: false)
    // Set before the time is known, it counts from the first time told.
    core.schedule(Timeout(.seconds(5)))
    check(core.hasDeadline && !core.advance(to: .zero + .seconds(100)))
    check(!core.advance(to: .zero + .seconds(104)) && core.advance(to: .zero + .seconds(105)))
    check(!core.hasDeadline && !core.advance(to: .zero + .seconds(200)))
    core.schedule(Timeout(.seconds(5)))
    // A clock that goes back changes nothing.
    check(!core.advance(to: .zero) && core.advance(to: .zero + .seconds(205)))
    core.schedule(Timeout(.seconds(5)))
    core.schedule(nil)
    check(!core.hasDeadline && !core.advance(to: .zero + .seconds(500)))
  }

  @Test func tracesComeFirst() {
    var core = core(tracing: true)
    core.trace(TraceRecord(.client, line: [97].span))
    core.outbound.append(text)
    core.trace(TraceRecord(.server, line: [98].span))
    check(core.hasTrace && outputs(&core) == ["C: a", "S: b", "write 5", "read"])
    var silent = self.core()
    silent.trace(TraceRecord(.client, line: [97].span))
    check(!silent.hasTrace)
  }
}
