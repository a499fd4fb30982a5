import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct ReceivedReportTests {
  private func read(_ text: String) throws(NotAReport) -> ReceivedReport {
    let bytes = [UInt8](text.utf8)
    return try ReceivedReport(bytes.span)
  }

  @Test func postfix() throws {
    let report = try read(
      """
      Return-Path: <>
      From: MAILER-DAEMON@mail.website.test (Mail Delivery System)
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status;
      \tboundary="4XyZ.1700000000/mail.website.test"

      This is a MIME-encapsulated message.

      --4XyZ.1700000000/mail.website.test
      Content-Description: Notification
      Content-Type: text/plain; charset=us-ascii

      This is the mail system at host mail.website.test.

      --4XyZ.1700000000/mail.website.test
      Content-Description: Delivery report
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mail.website.test
      X-Postfix-Queue-ID: 4XyZ
      X-Postfix-Sender: rfc822; susan@website.test
      Arrival-Date: Tue, 14 Nov 2023 22:13:20 +0000 (UTC)

      Final-Recipient: rfc822; robert@domain.test
      Original-Recipient: rfc822;bob@domain.test
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.domain.test
      Diagnostic-Code: smtp; 550 5.1.1 <robert@domain.test>: Recipient address
          rejected: User unknown

      --4XyZ.1700000000/mail.website.test
      Content-Description: Undelivered Message
      Content-Type: message/rfc822

      Subject: x

      --4XyZ.1700000000/mail.website.test--
      """)
    let recipient = report.status.recipients[0]
    #expect(report.status.reportingMTA?.description == "dns; mail.website.test" && report.isLabelled)
    #expect(report.status.extensions.count == 2 && report.status.arrivalDate?.secondsSince1970 == 1_700_000_000)
    #expect(recipient.action == .failed && recipient.status == .init(5, 1, 1) && recipient.replyCode == 550)
    #expect(try recipient.finalRecipient?.mailbox == Mailbox("robert@domain.test"))
    #expect(recipient.originalRecipient?.text.description == "bob@domain.test")
    #expect(
      recipient.diagnosticCode?.text.description
        == "550 5.1.1 <robert@domain.test>: Recipient address    rejected: User unknown")
    #expect(report.returned?.content == .full)
  }

  @Test func exim() throws {
    let report = try read(
      """
      X-Failed-Recipients: a@domain.test, b@domain.test
      Auto-Submitted: auto-replied
      Content-Type: multipart/report; report-type=delivery-status; boundary=1700000000-eximdsn-1
      MIME-Version: 1.0

      --1700000000-eximdsn-1
      Content-type: text/plain; charset=us-ascii

      This message was created automatically by mail delivery software.

      --1700000000-eximdsn-1
      Content-type: message/delivery-status

      Reporting-MTA: dns; mail.website.test

      Action: failed
      Final-Recipient: rfc822;a@domain.test
      Status: 5.0.0
      Remote-MTA: dns; mx.domain.test
      Diagnostic-Code: smtp; 550 No such user

      Action: failed
      Final-Recipient: rfc822;b@domain.test
      Status: 5.0.0

      --1700000000-eximdsn-1
      Content-type: text/rfc822-headers

      Subject: x

      --1700000000-eximdsn-1--

      """)
    #expect(report.status.recipients.map { $0.finalRecipient?.text.description } == ["a@domain.test", "b@domain.test"])
    #expect(report.returned?.content == .headers)
  }

  /// A nested multipart whose boundary begins with the outer one, comments, types without a space, CRLF, QP.
  @Test func exchange() throws {
    let report = try read(
      """
      Content-Type: multipart/report; report-type=delivery-status;
      \tboundary="_000_abc"
      MIME-Version: 1.0

      --_000_abc
      Content-Type: multipart/alternative; differences=Content-Type; boundary="_000_abc_in"

      --_000_abc_in
      Content-Type: text/plain; charset="us-ascii"

      Delivery has failed.
      --_000_abc_in
      Content-Type: text/html

      <p>Delivery has failed.</p>
      --_000_abc_in--

      --_000_abc
      Content-Type: message/delivery-status

      Reporting-MTA: dns;EX01.website.test
      Received-From-MTA: dns;mail.website.test
      Arrival-Date: Tue, 14 Nov 2023 22:13:20 +0000

      Final-Recipient: rfc822;robert@domain.test
      Action: failed
      Status: 5.1.10 (bad destination)
      Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
      X-Display-Name: Robert

      --_000_abc
      Content-Type: message/rfc822

      Subject: x

      --_000_abc--
      """.replacing("\n", with: "\r\n"))
    let recipient = report.status.recipients[0]
    #expect(recipient.status == .init(5, 1, 10) && recipient.diagnosticCode?.type == [UInt8]("smtp".utf8))
    #expect(report.status.receivedFromMTA?.text.description == "mail.website.test")
    #expect(recipient.extensions.count == 1 && report.returned?.content == .full)
  }

  @Test func whatIsNoReport() {
    let qmail = """
      From: MAILER-DAEMON@website.test
      Subject: failure notice

      Hi. This is the qmail-send program at website.test.
      I'm afraid I wasn't able to deliver your message to the following addresses.

      <robert@domain.test>:
      Sorry, no mailbox here by that name. (#5.1.1)
      """
    let status = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@b\nAction: failed\n"
    let table: [(String, NotAReport?)] = [
      (qmail, .qmail), ("", .ordinaryMessage), ("Subject: x\n\nHi. This is", .ordinaryMessage),
      ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--", .ordinaryMessage),
      ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\(status)--b--", nil),
      ("Content-Type: multipart/report; boundary=b\n\n--b\n\(status)", nil),
      ("Content-Type: multipart/report; boundary=b\n\n--b\n\nx", .noStatus),
      (
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\(status)",
        .otherReport
      ),
      ("Content-Type: multipart/report; report-type=delivery-status\n\n--b\n\(status)", .ordinaryMessage),
      (
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: x",
        .noStatus
      ),
      ("Content-Type: multipart/report; boundary=b\n\n--bc\n\(status)\n--b x\n", .noStatus),
      ("content-type:\n multipart (a comment) / REPORT; x=y; boundary=\"a \\b\"\n\n--a b\n\(status)", nil)
    ]
    for (text, expected) in table {
      var found: NotAReport?
      do throws(NotAReport) { _ = try read(text) } catch { found = error }
      check(found == expected, "\(text): \(String(describing: found))")
    }
  }

  @Test func encodedStatusParts() throws {
    let fields = [UInt8]("Final-Recipient: rfc822;a=b@c\nAction: delayed\n".utf8)
    let base64 = String(decoding: Base64.encode(fields.span), as: UTF8.self)
    let parts = [
      ("base64", base64), ("quoted-printable", "Final-Recipient: rfc822;a=3Db=\n@c\nAction: dela=79ed\n"),
      ("8bit", "Action: Delayed (yes)\n\nFinal-Recipient: rfc822; a=b@c\n")
    ]
    for (encoding, content) in parts {
      let report = try read(
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/global-delivery-status\n"
          + "Content-Transfer-Encoding: \(encoding)\n\n\(content)\n--b--")
      #expect(report.status.recipients.contains { $0.action == .delayed }, "\(encoding)")
      #expect(
        try report.status.recipients.contains { try $0.finalRecipient?.mailbox == Mailbox("a=b@c") }, "\(encoding)")
    }
  }

  /// Anything is read without a trap, in time that grows with its length.
  @Test func anyOctets() throws {
    let pieces = [
      "Content-Type: multipart/report; boundary=b", "; report-type=delivery-status", "\r\n", "\n", "\n\n", "--b",
      "--b--",
      "Content-Type: message/delivery-status", "Final-Recipient: rfc822;", "utf-8;\\x{F6", "Action: failed",
      "Status: 5.1.",
      "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "=", "=4", " ", "\t", "\"",
      "(",
      "\\", ":", ";", "Arrival-Date: Tue, 15 Nov 1994 08:12:31 +0000", "\0", "9999999999999999999", "-"
    ].map { [UInt8]($0.utf8) }
    var random = SplitMix64(seed: 9)
    for _ in 0..<3000 {
      var bytes = random.below(3) == 0 ? [] : pieces[0] + [10, 10] + pieces[5] + [10] + pieces[7] + [10, 10]
      for _ in 0..<random.below(30) {
        bytes += random.below(4) == 0 ? [UInt8(random.below(256))] : pieces[random.below(pieces.count)]
      }
      guard let report = try? ReceivedReport(bytes.span) else { continue }
      check(report.status.recipients.count <= ReportStatus.maximumRecipients)
      let written = report.status.encoded()
      check(ReportStatus(parsing: written.span).recipients.count <= report.status.recipients.count)
    }
    let many = String(repeating: "Final-Recipient: rfc822;a@b\n\n", count: 5000)
    let flood = try read(
      "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" + many)
    check(flood.status.recipients.count == ReportStatus.maximumRecipients)
    let delimiters = String(repeating: "--b\n", count: 20_000)
    check((try? read("Content-Type: multipart/report; boundary=b\n\n" + delimiters)) == nil)
    let long = "Content-Type: multipart/report; boundary=" + String(repeating: "(", count: 100_000)
    check((try? read(long + "\n\n")) == nil)
  }

  @Test func variableReversePaths() throws {
    let sender = try Mailbox("list@website.test")
    let verp = VariableReversePath.standard
    for (recipient, path) in [
      ("robert@domain.test", "list+robert=domain.test@website.test"), ("a+b=c@x", "list+a+b=c=x@website.test"),
      ("\"a b\"@x", "\"list+a b=x\"@website.test"), ("a@[192.0.2.1]", "\"list+a=[192.0.2.1]\"@website.test"),
      ("a-b@mail-1.x", "list+a-b=mail-1.x@website.test")
    ] {
      let encoded = try verp.encode(sender, for: Mailbox(recipient))
      #expect(encoded.description == path)
      #expect(try verp.decode(encoded, sender: sender) == Mailbox(recipient), "\(path)")
    }
    for path in [
      "list@website.test", "list+@website.test", "list+a@website.test", "list+a=b@other.test", "lis+a=b@website.test",
      "list+=b@website.test", "list+a=@website.test"
    ] {
      check(verp.decode(try Mailbox(path), sender: sender) == nil, path)
    }
    let long = try Mailbox(String(repeating: "a", count: 60) + "@domain.test")
    #expect(throws: SyntaxError(.tooLong, at: 64)) { try verp.encode(sender, for: long) }
    let accepted = try verp.encode(sender, for: long, allowsLongLocalPart: true)
    #expect(verp.decode(accepted, sender: sender) == long)
    let dashes = VariableReversePath(recipientDelimiter: 45, atDelimiter: 61)
    #expect(try dashes?.encode(sender, for: Mailbox("a@b")).description == "list-a=b@website.test")
    #expect(VariableReversePath(recipientDelimiter: 43, atDelimiter: 43) == nil)
    #expect(VariableReversePath(recipientDelimiter: 64, atDelimiter: 61) == nil)
  }
}
