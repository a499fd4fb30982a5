import MailTestKit
import MailWire
import Testing

/// How a machine that cannot be copied sits in the places where hosts keep one: a class, an actor, an event loop's handler.
@Suite struct HostingTests {
  /// In a class: one property, one loop.
  final class Session {
    private var server = EchoServer()
    private(set) var written: [UInt8] = []
    private(set) var isClosed = false

    func receive(_ text: String) {
      server.receive(Array(text.utf8).span, at: .zero)
      drain()
    }

    func drain() {
      while true {
        switch server.poll() {
        case .write:
          server.withOutbound { bytes in
            for index in bytes.indices { written.append(bytes[index]) }
            return bytes.count
          }
        case .event(.say): try? server.accept()
        case .event, .trace: break
        case .transport(.close): isClosed = true
        case .transport: server.transportDidChange(.tlsFailed, at: .zero)
        case .wait: return
        }
      }
    }
  }

  @Test func inAClass() {
    let session = Session()
    session.drain()
    session.receive("SAY he")
    session.receive("llo\r\nBYE\r\n")
    #expect(visible(session.written) == #"+ ready\r\n+ hello\r\n+ bye\r\n"# && session.isClosed)
  }

  /// In an actor: the answer may wait for other actors. Between two polls anything may come in; only during `poll` itself is
  /// the machine taken, and that never suspends.
  actor Desk {
    private var server = EchoServer()
    private(set) var written: [UInt8] = []

    func receive(_ text: String) async {
      server.receive(Array(text.utf8).span, at: .zero)
      while true {
        switch server.poll() {
        case .write:
          var bytes: [UInt8] = []
          server.takeOutbound(into: &bytes)
          written += bytes
        case .event(.say(let text)):
          let isWelcome = await Self.judge(text)
          try? isWelcome ? server.accept() : server.reject()
        case .event, .trace, .transport: break
        case .wait: return
        }
      }
    }

    private static func judge(_ text: [UInt8]) async -> Bool {
      await Task.yield()
      return text.first != UInt8(ascii: "b")
    }
  }

  @Test func inAnActor() async {
    let desk = Desk()
    await desk.receive("SAY good\r\nSAY bad\r\n")
    #expect(visible(await desk.written) == #"+ ready\r\n+ good\r\n- no\r\n"#)
  }

  /// What an event loop offers a handler, as SwiftNIO's `ChannelHandlerContext` does: writes are copied and never refused,
  /// reading can be turned off, closing calls the handler back at once.
  final class Loop {
    var now = Instant.zero
    var written: [UInt8] = []
    var isReading = true
    var deadline: Instant?
    var log: [String] = []
    weak var handler: Handler?

    func write(_ bytes: [UInt8]) { written += bytes }
    func startTLS() { log.append("tls") }
    func close() {
      log.append("close")
      handler?.channelInactive(self)
    }
  }

  /// In a channel handler: every callback tells the machine one thing and drains it. A callback that comes from inside the
  /// drain, as `close` makes one, only tells: the drain that is under way goes on.
  final class Handler {
    private var server = EchoServer()
    private var isDraining = false
    private var buffer: [UInt8] = []
    private(set) var closed: [CloseReason] = []

    func channelActive(_ loop: Loop) {
      loop.handler = self
      server.advance(to: loop.now)
      drain(loop)
    }
    func channelRead(_ loop: Loop, _ bytes: [UInt8]) {
      server.receive(bytes.span, at: loop.now)
      drain(loop)
    }
    func channelInactive(_ loop: Loop) {
      server.receiveEnd(at: loop.now)
      drain(loop)
    }
    func tlsCompleted(_ loop: Loop) {
      server.transportDidChange(.tls(TLSDescription()), at: loop.now)
      drain(loop)
    }
    func timerFired(_ loop: Loop) {
      server.advance(to: loop.now)
      drain(loop)
    }

    private func drain(_ loop: Loop) {
      guard !isDraining else { return }
      isDraining = true
      defer { isDraining = false }
      while true {
        switch server.poll() {
        case .write:
          server.takeOutbound(into: &buffer)
          loop.write(buffer)
        case .event(.say): try? server.accept()
        case .event(.closed(let reason)): closed.append(reason)
        case .event, .trace: break
        case .transport(.startTLS): loop.startTLS()
        case .transport(.close): loop.close()
        case .transport: server.transportDidChange(.failed, at: loop.now)
        case .wait(let wait):
          loop.isReading = wait.reading
          loop.deadline = wait.deadline
          return
        }
      }
    }
  }

  @Test func inAChannelHandler() {
    let (loop, handler) = (Loop(), Handler())
    handler.channelActive(loop)
    handler.channelRead(loop, Array("SAY a\r\nTLS\r\n".utf8))
    #expect(loop.log == ["tls"] && !loop.isReading)
    handler.tlsCompleted(loop)
    #expect(loop.isReading && loop.deadline == .zero + .seconds(300))
    loop.now = .zero + .seconds(300)
    handler.timerFired(loop)
    #expect(visible(loop.written) == #"+ ready\r\n+ a\r\n+ go\r\n- too slow\r\n"#)
    #expect(loop.log == ["tls", "close"] && handler.closed == [.timedOut])
  }
}
