import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

let greeting = "S: 220 mail.website.test ESMTP"
let hello = """
  S: 220 mail.website.test ESMTP
  C: EHLO client.test
  S: 250-mail.website.test
  S: 250-PIPELINING
  S: 250-SIZE 26214400
  S: 250-8BITMIME
  S: 250-ENHANCEDSTATUSCODES
  S: 250 HELP

  """

@Suite struct SMTPServerTests {
  @Test func transaction() {
    let log = expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test> SIZE=100 BODY=8BITMIME
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<robert@domain.test>
        S: 250 2.1.5 Recipient OK
        C: RCPT TO:<nobody@domain.test>
        S: 550 5.1.1 No such user here
        C: RCPT TO:<Postmaster>
        S: 250 2.1.5 Recipient OK
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        C: ..dot
        C:
        C: .
        S: 250 2.0.0 OK
        C: MAIL FROM:<>
        S: 250 2.1.0 Sender OK
        C: QUIT
        S: 221 2.0.0 Bye
        -- closed
        """)
    #expect(
      log == [
        "ehlo client.test", "mail <susan@website.test> SIZE=100 BODY=8BITMIME", "recipient <robert@domain.test> ",
        "recipient <nobody@domain.test> ", "recipient <Postmaster> ", "contentBegins", "content: .dot\\r\\n\\r\\n",
        "contentEnds", "mail <> ", "closed quit"
      ])
  }

  @Test func pipelinedGroup() {
    expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<robert@domain.test>
        C: RCPT TO:<nobody@domain.test>
        C: DATA
        S: 250 2.1.0 Sender OK
        S: 250 2.1.5 Recipient OK
        S: 550 5.1.1 No such user here
        S: 354 End data with <CR><LF>.<CR><LF>
        C: Hello
        C: .
        C: QUIT
        S: 250 2.0.0 OK
        S: 221 2.0.0 Bye
        -- closed
        """)
  }

  @Test func emptyMessage() {
    let log = expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<robert@domain.test>
        S: 250 2.1.5 Recipient OK
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        C: .
        S: 250 2.0.0 OK
        """)
    #expect(log.suffix(2) == ["contentBegins", "contentEnds"])
  }

  /// Commands out of order, with their replies, in a row: each leaves the session usable.
  @Test func wrongOrder() {
    expectServer(
      """
      S: 220 mail.website.test ESMTP
      C: MAIL FROM:<susan@website.test>
      S: 503 5.5.1 Bad sequence of commands
      C: NOOP anything
      S: 250 2.0.0 OK
      C: RSET
      S: 250 2.0.0 OK
      C: HELO client.test
      S: 250 mail.website.test
      C: STARTTLS
      S: 502 5.5.1 Command not implemented
      C: AUTH PLAIN
      S: 502 5.5.1 Command not implemented
      C: RCPT TO:<robert@domain.test>
      S: 503 5.5.1 Bad sequence of commands
      C: DATA
      S: 503 5.5.1 Bad sequence of commands
      C: MAIL FROM:<susan@website.test> SIZE=1
      S: 555 5.5.4 Unsupported parameter
      C: MAIL FROM:<susan@website.test>
      S: 250 2.1.0 Sender OK
      C: MAIL FROM:<susan@website.test>
      S: 503 5.5.1 Bad sequence of commands
      C: DATA
      S: 503 5.5.1 Bad sequence of commands
      C: RSET
      S: 250 2.0.0 OK
      C: RCPT TO:<robert@domain.test>
      S: 503 5.5.1 Bad sequence of commands
      C: VRFY robert
      S: 252 2.5.0 Send the message and see
      C: EXPN staff
      S: 502 5.5.1 Command not implemented
      C: TURN
      S: 500 5.5.1 Unknown command
      """)
  }

  /// A chunk follows its command at once: what is in a refused one is no command.
  @Test func refusedChunk() {
    expectServer(
      """
      S: 220 mail.website.test ESMTP
      C: HELO client.test
      S: 250 mail.website.test
      C: BDAT 0
      S: 502 5.5.1 Command not implemented
      C: BDAT 24 LAST
      C! RCPT TO:<a@b>\\r\\nRSET\\r\\n.\\r\\n
      S: 502 5.5.1 Command not implemented
      C: NOOP
      S: 250 2.0.0 OK
      C: BDAT x
      S: 500 5.5.2 Syntax error
      """)
  }

  @Test func malformedCommands() {
    expectServer(
      hello + """
        C: MAIL FROM: <susan@website.test>
        S: 501 5.1.7 Syntax error in the sender's address
        C: MAIL FROM:susan@website.test
        S: 501 5.1.7 Syntax error in the sender's address
        C: MAIL FROM:<susan@website.test>>>>>
        S: 501 5.1.7 Syntax error in the sender's address
        C: MAIL FROM:<susan@website.test> SIZE=1 SIZE=2
        S: 501 5.5.4 Syntax error in the argument
        C: MAIL FROM:<susan@website.test> SIZE=x
        S: 501 5.5.4 Syntax error in the argument
        C: MAIL FROM:<susan@website.test> BODY=BINARYMIME
        S: 555 5.5.4 Unsupported parameter
        C: MAIL FROM:<susan@website.test> RET=HDRS
        S: 555 5.5.4 Unsupported parameter
        C: MAIL FROM:<susan@website.test> SIZE=26214401
        S: 552 5.3.4 Message too large
        C: DATA now
        S: 501 5.5.4 Syntax error in the argument
        C: NOOP
        S: 250 2.0.0 OK
        C! QUIT\\x00\\r\\n
        S: 501 5.5.4 Syntax error in the argument
        C! NO\\rOP\\r\\n
        S: 500 5.5.2 Syntax error
        C! NOOP\\nQUIT\\r\\n
        S: 500 5.5.2 Syntax error
        C: EHLO
        S: 501 5.5.4 Syntax error in the argument
        """)
  }

  @Test func quirksAreAcceptedWhenAsked() {
    let log = expectServer(
      hello + """
        C: mail from: susan@website.test
        S: 250 2.1.0 Sender OK
        C! rcpt to:<robert@domain_2.test> \\n
        S: 250 2.1.5 Recipient OK
        """
    ) { $0.quirks = .lenient }
    #expect(log.contains("quirks(SMTPCodec.SMTPQuirks(rawValue: 3))"))
    #expect(log.contains("mail <susan@website.test> "))
  }

  @Test func refusedSenderBeginsNothing() {
    expectServer(
      hello + """
        C: MAIL FROM:<banned@website.test>
        C: RCPT TO:<robert@domain.test>
        C: DATA
        S: 550 5.7.1 Not you
        S: 503 5.5.1 Bad sequence of commands
        S: 503 5.5.1 Bad sequence of commands
        """)
  }

  @Test func resetAndHelloEndATransaction() {
    let log = expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        S: 250 2.1.0 Sender OK
        C: RSET
        S: 250 2.0.0 OK
        C: MAIL FROM:<susan@website.test>
        S: 250 2.1.0 Sender OK
        C: HELO client.test
        S: 250 mail.website.test
        C: RCPT TO:<robert@domain.test>
        S: 503 5.5.1 Bad sequence of commands
        """)
    #expect(log.filter { $0 == "transactionAborted" }.count == 2)
  }

  @Test func endOfConnectionDeliversWhatCameBefore() {
    let log = expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<robert@domain.test>
        C! DATA\\r\\nhalf a message
        S: 250 2.1.0 Sender OK
        S: 250 2.1.5 Recipient OK
        S: 354 End data with <CR><LF>.<CR><LF>
        -- end
        -- closed
        """)
    #expect(log.suffix(2) == ["content: half a message", "closed peerClosed"])
  }

  @Test func timeouts() {
    expectServer(
      """
      S: 220 mail.website.test ESMTP
      -- +299s
      C! NOO
      -- +1s
      S: 421 4.4.2 Timeout
      -- closed
      """)
    expectServer(
      hello + """
        -- +299s
        C: NOOP
        S: 250 2.0.0 OK
        -- +299s
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<robert@domain.test>
        C: DATA
        S: 250 2.1.0 Sender OK
        S: 250 2.1.5 Recipient OK
        S: 354 End data with <CR><LF>.<CR><LF>
        -- +179s
        C: part
        -- +179s
        C: part
        -- +180s
        S: 421 4.4.2 Timeout
        -- closed
        """)
  }

  @Test func shutDownWaitsForATransaction() {
    expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        S: 250 2.1.0 Sender OK
        -- do shutdown
        C: RCPT TO:<robert@domain.test>
        S: 250 2.1.5 Recipient OK
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        C: Hello
        C: .
        S: 250 2.0.0 OK
        S: 421 4.3.2 Service is shutting down
        -- closed
        """)
    expectServer(
      hello + """
        -- do shutdown
        S: 421 4.3.2 Service is shutting down
        -- closed
        """)
  }

  @Test func foreignProtocols() {
    for first in ["GET / HTTP/1.1", "POST /x HTTP/1.0", "CONNECT mail:25 HTTP/1.1"] {
      expectServer("\(greeting)\nC: \(first)\nS: 221 2.0.0 Bye\n-- closed")
    }
    expectServer("\(greeting)\nC! \\x16\\x03\\x01\\x02\\x00\\r\\n\nS: 500 5.5.2 Syntax error\n-- closed")
  }

  @Test func earlyTalkers() {
    expectServer(
      """
      -- +1s
      C: EHLO client.test
      S: 554 5.5.0 Protocol violation: client talked first
      -- closed
      """
    ) {
      $0.greetingDelay = .seconds(2)
      $0.refusesEarlyTalkers = true
    }
    expectServer("-- +2s\n\(greeting)") { $0.greetingDelay = .seconds(2) }
  }
}
