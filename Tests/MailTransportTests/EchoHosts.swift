import MailTestKit
import MailWire

/// A server's host that accepts everything and remembers it.
struct EchoHost {
  var said: [String] = []
  var stored: [UInt8] = []
  var stores = 0
  var closed: [CloseReason] = []
  var violations = 0

  mutating func handle(_ event: EchoServerEvent, _ server: inout EchoServer) throws(MisuseError) {
    switch event {
    case .say(let text):
      said.append(visible(text))
      try server.accept()
    case .content(let part): stored += part
    case .endOfContent:
      stores += 1
      try server.accept()
    case .contentWanted:
      try server.sendContent(stored.span)
      try server.finishContent()
    case .violation: violations += 1
    case .closed(let reason): closed.append(reason)
    }
  }
}

/// A client's host that says two things, starts TLS, stores a text, reads it back, and leaves.
struct EchoVisitor {
  var text: [UInt8] = []
  var usesTLS = true
  var answers: [String] = []
  var received: [UInt8] = []
  var sent = 0
  var closed: [CloseReason] = []

  mutating func handle(_ event: EchoClientEvent, _ client: inout EchoClient) throws(MisuseError) {
    switch event {
    case .ready(let isEncrypted):
      answers.append(isEncrypted ? "secure" : "plain")
      try isEncrypted || !usesTLS ? client.put() : client.say("one")
    case .answer(let text):
      answers.append(visible(text))
      switch answers.last {
      case "one": try client.say("two")
      case "two": try client.startTLS()
      default: try client.get()
      }
    case .contentWanted:
      let end = min(text.count, sent + 1000)
      try client.sendContent(text.span.extracting(sent..<end))
      sent = end
      if sent == text.count { try client.finishContent() }
    case .content(let part): received += part
    case .endOfContent: try client.bye()
    case .refused: try client.bye()
    case .violation: break
    case .closed(let reason): closed.append(reason)
    }
  }
}
