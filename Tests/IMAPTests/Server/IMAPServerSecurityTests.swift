import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite("IMAPServer: what hostile clients do") struct IMAPServerSecurityTests {
  static let clear =
    "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS LOGINDISABLED] IMAP server ready\n"

  static func needsTLS(_ configuration: inout IMAPServerConfiguration) {
    configuration.offersStartTLS = true
    configuration.allowsPlaintextAuthentication = false
  }

  @Test("no password in clear, and TLS begins anew")
  func startTLS() {
    expectServer(
      Self.clear + """
        C: a LOGIN susan secret
        S: a NO [PRIVACYREQUIRED] Encryption required
        C: b STARTTLS
        S: b OK Begin TLS negotiation
        -- tls
        C: c CAPABILITY
        S: * CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=PLAIN AUTH=LOGIN
        S: c OK Capabilities listed
        C: d STARTTLS
        S: d BAD Not offered
        C: e LOGIN susan {6+}
        C: secret
        S: e OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE UNSELECT] Done
        """, configure: Self.needsTLS)
  }

  @Test("commands behind STARTTLS are no commands")
  func injection() {
    var configuration = IMAPServerConfiguration()
    Self.needsTLS(&configuration)
    var server = IMAPServer(configuration: configuration)
    _ = drain(&server) { _, _ in }
    let bytes = [UInt8]("a STARTTLS\r\nb NOOP\r\n".utf8)
    server.receive(bytes.span, at: .zero)
    let drained = drain(&server) { _, _ in }
    #expect("\(drained)".contains("plaintextBeforeTLS"))
  }

  @Test("AUTHENTICATE in all its forms")
  func authentication() {
    expectServer(
      serverGreeting
        + """
        C: a AUTHENTICATE PLAIN
        S: +
        C: *
        S: a BAD Authentication cancelled
        C: b AUTHENTICATE PLAIN AHN1c2FuAHdyb25n
        S: b NO [AUTHENTICATIONFAILED] Wrong name or password
        C: c AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: c3VzYW4=
        S: + UGFzc3dvcmQ6
        C: c2VjcmV0
        S: c OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE UNSELECT] Done
        C: d AUTHENTICATE PLAIN
        S: d BAD Not valid in this state
        """.replacing("S: +\n", with: "S! + \\r\\n\n"))
  }

  @Test("failures have an end")
  func failures() {
    expectServer(
      serverGreeting + """
        C: a LOGIN susan wrong
        S: a NO [AUTHENTICATIONFAILED] Wrong name or password
        C: b LOGIN susan wrong
        S: b NO [AUTHENTICATIONFAILED] Wrong name or password
        C: c LOGIN susan wrong
        S: c NO [AUTHENTICATIONFAILED] Wrong name or password
        S: * BYE Too many failures
        -- closed
        """)
    expectServer(
      serverGreeting + """
        C: a XYZ
        S: a BAD Unknown command
        C: nonsense
        S: * BAD Argument missing
        C: b SELECT INBOX
        S: * BYE Too many errors
        -- closed
        """, configure: { $0.limits.errors = 2 })
    expectServer(serverGreeting + "C: GET / HTTP/1.1\nS: * BYE This is an IMAP server\n-- closed")
  }

  @Test("literals too large are swallowed to their end")
  func literals() {
    let filler = String(repeating: "x", count: 5_000)
    expectServer(
      serverGreeting + """
        C: a LOGIN {5000+}
        C: \(filler)
        S: a NO [TOOBIG] Literal too long
        C: b LOGIN {5000}
        S: b NO [TOOBIG] Literal too long
        C: c NOOP
        S: c OK Nothing done
        """, configure: { $0.limits.commands.unauthenticatedLiteral = 1_000 })
  }

  @Test("a silent client is sent away")
  func silence() {
    expectServer(serverGreeting + "-- +60s\nS: * BYE Autologout\n-- closed")
    expectServer(serverLogin + "-- +29m\nC: b NOOP\nS: b OK Nothing done\n-- +30m\nS: * BYE Autologout\n-- closed")
    expectServer(serverLogin + "-- do shutdown\nS: * BYE Server is shutting down\n-- closed")
  }

  @Test("secrets stay out of the trace")
  func traces() {
    var configuration = IMAPServerConfiguration()
    configuration.allowsPlaintextAuthentication = true
    configuration.tracing = true
    for text in [
      "a LOGIN susan topsecret\r\n", "a LOGIN susan {9+}\r\ntopsecret\r\n", "a LOGIN topsecret\r\n", "topsecret\r\n",
      "a topsecret b\r\n", "a AUTHENTICATE PLAIN\r\ntopsecret\r\n", "a AUTHENTICATE PLAIN topsecret\r\n",
      "a LOGIN susan \"topsecret\" x\r\n"
    ] {
      var server = IMAPServer(configuration: configuration)
      let bytes = [UInt8](text.utf8)
      server.receive(bytes.span, at: .zero)
      var traces = ""
      for _ in 0..<100 {
        let output = server.poll()
        if case .trace(let record) = output { traces += record.description + "\n" }
        if case .wait = output { break }
      }
      #expect(traces.contains("IMAP server ready") && !traces.contains("topsecret"), "\(text): \(traces)")
    }
  }
}
