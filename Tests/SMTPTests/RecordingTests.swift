import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct RecordingTests {
  /// What real clients said to Postfix and Dovecot goes into our server: it takes the same messages, with no complaint.
  @Test func realClients() throws {
    let clients = ["-curl", "-msmtp", "-swaks", "-smtplib", "-aiosmtplib", "-smtp-source", "-client-to-opensmtpd"]
    var messages = 0
    for recording in try Recording.all(in: "SMTP") where clients.contains(where: recording.name.contains) {
      let expected = String(decoding: recording.bytes(of: .server), as: UTF8.self)
        .split(separator: "\r\n").filter { $0.hasPrefix("354 ") }.count
      // Of these exchanges our server knows no mechanism, so that it takes their responses for commands.
      let said = String(decoding: recording.bytes(of: .client), as: UTF8.self)
      let isForeignExchange = ["AUTH CRAM", "AUTH DIGEST", "AUTH SCRAM", "AUTH X", "AUTH O"].contains(
        where: said.contains)
      for chunk in [Int.max, 1, 7] {
        let result = try replay(recording, chunk)
        messages += result.messages
        if result.messages != expected || (!result.faults.isEmpty && !isForeignExchange) {
          Issue.record("\(recording.name) by \(chunk): \(result.messages) of \(expected), \(result.faults)")
        }
      }
    }
    #expect(messages > 100)
  }

  /// The scripted sessions with errors in them: nothing traps, whatever the cut, and the replies are the same.
  @Test func scriptedSessions() throws {
    for recording in try Recording.all(in: "SMTP") where recording.name.contains("-raw-") {
      let whole = try replay(recording, Int.max)
      for chunk in [1, 5, 64] {
        let cut = try replay(recording, chunk)
        if cut.output != whole.output { Issue.record("\(recording.name) by \(chunk)") }
      }
    }
  }

  private func replay(_ recording: Recording, _ chunk: Int) throws -> (messages: Int, faults: [String], output: [UInt8])
  {
    let configuration = try serverConfiguration {
      $0.offersStartTLS = true
      $0.offersAuthentication = true
      $0.allowsPlaintextAuthentication = true
      $0.limits.errors = 1000
      $0.quirks = .lenient
      for keyword in ["SMTPUTF8", "RET", "ENVID", "NOTIFY", "ORCPT"] {
        if let keyword = try? ESMTPKeyword(keyword) { $0.additionalParameters.append(keyword) }
      }
    }
    var server = SMTPServer(configuration: configuration)
    var messages = 0
    var faults: [String] = []
    var output: [UInt8] = []
    func settle() throws {
      while true {
        let drained = try drain(&server) { event, server in
          switch event {
          case .authenticate, .mail, .recipient: try server.accept()
          case .contentEnds:
            messages += 1
            try server.accept()
          case .violation(let violation) where violation.fault != .illegalPipelining:
            faults.append("\(violation.fault)")
          default: break
          }
        }
        output += drained.bytes
        if drained.events.isEmpty { return }
      }
    }
    try settle()
    for step in recording.steps {
      switch step {
      case .tls:
        server.transportDidChange(.tls(TLSDescription()), at: .zero)
      case .block(.client, let bytes):
        for start in stride(from: 0, to: bytes.count, by: min(chunk, bytes.count)) {
          let end = min(start + min(chunk, bytes.count), bytes.count)
          server.receive(bytes.span.extracting(start..<end), at: .zero)
          try settle()
        }
      case .block:
        break
      }
    }
    return (messages, faults, output)
  }
}
