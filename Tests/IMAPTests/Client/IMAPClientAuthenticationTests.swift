import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientAuthenticationTests {
  private static func quiet(_ configuration: inout IMAPClientConfiguration) {
    configuration.asksCapabilitiesAfterLogin = false
  }

  @Test func forms() {
    for (capabilities, exchange) in [
      (
        "AUTH=PLAIN SASL-IR",
        """
        C: A1 AUTHENTICATE PLAIN AHN1c2FuAHNlY3JldA==
        S: A1 OK welcome
        """
      ),
      // A server that passes over the initial response.
      (
        "AUTH=PLAIN SASL-IR",
        """
        C: A1 AUTHENTICATE PLAIN AHN1c2FuAHNlY3JldA==
        S: +
        C: AHN1c2FuAHNlY3JldA==
        S: A1 OK welcome
        """
      ),
      (
        "AUTH=PLAIN",
        """
        C: A1 AUTHENTICATE PLAIN
        S: * 3 EXISTS
        S: + anything
        C: AHN1c2FuAHNlY3JldA==
        S: * OK wait
        S: A1 OK welcome
        """
      ),
      (
        "X",
        """
        C: A1 LOGIN susan secret
        S: A1 OK welcome
        """
      ),
      (
        "LOGINDISABLED AUTH=LOGIN",
        """
        C: A1 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: c3VzYW4=
        S: + UGFzc3dvcmQ6
        C: c2VjcmV0
        S: A1 OK welcome
        """
      )
    ] {
      let log = expectClient(
        "S: * OK [CAPABILITY IMAP4rev1 \(capabilities)] ready\n-- do login\n" + exchange, configure: Self.quiet)
      check(log.contains("#1 OK welcome"), "\(exchange): \(log)")
    }
  }

  @Test func hostsMechanism() {
    let log = expectClient(
      """
      S: * OK [CAPABILITY IMAP4rev1 AUTH=X] ready
      -- do AUTHENTICATE X Zmlyc3Q=
      C: A1 AUTHENTICATE X
      S: +
      C: Zmlyc3Q=
      S: + YWJj
      -- do respond def
      C: ZGVm
      S: * OK still here
      S: +
      -- do respond
      C! \\r\\n
      S: + !
      C: *
      S: A1 BAD cancelled
      -- do AUTHENTICATE X
      C: A2 AUTHENTICATE X
      S: + YWJj
      -- do cancel
      C: *
      S: A2 BAD cancelled
      -- do AUTHENTICATE X; SELECT INBOX
      C: A3 AUTHENTICATE X
      S: A3 NO [AUTHENTICATIONFAILED] no
      -- do login
      C: A4 LOGIN susan secret
      S: * CAPABILITY IMAP4rev1 IDLE
      S: A4 OK welcome
      -- do IDLE
      C: A5 IDLE
      """)
    expectLog(
      log,
      """
      greeting OK [CAPABILITY IMAP4rev1 AUTH=X] ready
      ready greeting IMAP4rev1 AUTH=X
      quirks(IMAPCodec.IMAPQuirks(rawValue: 64))
      #1 challenge 3
      news OK still here
      #1 challenge 0
      violation syntax(MailWire.SyntaxError(code: MailWire.SyntaxError.Code.badBase64, offset: 1)) refused
      #1 BAD cancelled
      #2 challenge 3
      #2 BAD cancelled
      #3 NO [AUTHENTICATIONFAILED] no
      #4 not sent
      capabilities untagged IMAP4rev1 IDLE
      #5 CAPABILITY IMAP4rev1 IDLE
      #5 OK welcome
      """)
  }

  /// What is offered before a login counts for nothing behind it.
  @Test func capabilitiesAreDropped() {
    let log = expectClient(
      """
      S: * OK [CAPABILITY IMAP4rev1 IDLE UNAUTHENTICATE] ready
      -- do login; ENABLE QRESYNC; UNAUTHENTICATE
      C: A1 LOGIN susan secret
      S: A1 OK welcome
      C: A2 CAPABILITY
      S: A2 BAD what
      C: A3 ENABLE QRESYNC
      S: * ENABLED QRESYNC
      S: A3 OK enabled
      C: A4 UNAUTHENTICATE
      S: A4 OK [CAPABILITY IMAP4rev1 X] again
      -- do login
      C: A5 LOGIN susan secret
      S: A5 NO no
      """)
    expectLog(
      log,
      """
      greeting OK [CAPABILITY IMAP4rev1 IDLE UNAUTHENTICATE] ready
      ready greeting IMAP4rev1 IDLE UNAUTHENTICATE
      #1 OK welcome
      #2 ENABLED QRESYNC
      #2 OK enabled
      capabilities tagged IMAP4rev1 X
      #3 OK [CAPABILITY IMAP4rev1 X] again
      #5 NO no
      """)
  }
}
