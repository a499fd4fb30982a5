import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct ReportMessageTests {
  private func failed(_ reply: SMTPReply = SMTPReply(550, .init(5, 1, 1), "No such user")) throws -> ReportStatus {
    var recipient = RecipientStatus(TypedText(try Mailbox("robert@domain.test")), .failed, reply.status)
    recipient.originalRecipient = TypedText(try OriginalRecipient(Mailbox("bob+x@website.test")))
    recipient.remoteMTA = TypedText(try Domain("mx.domain.test"))
    recipient.diagnosticCode = TypedText(reply)
    recipient.lastAttemptDate = DateTime(secondsSince1970: 784_887_151)
    var status = ReportStatus(reportingMTA: nil, recipients: [recipient])
    status.arrivalDate = DateTime(secondsSince1970: 784_887_000)
    status.originalEnvelopeIdentifier = FieldText("order no. 7")
    return status
  }

  private func report(_ status: ReportStatus) throws -> ReportMessage {
    ReportMessage(
      to: try Mailbox("susan@website.test"), status: status, reportingMTA: try Domain("mail.website.test"),
      date: DateTime(secondsSince1970: 784_887_200))
  }

  private func original(_ text: String, seed: UInt64 = 1) -> OriginalMessage {
    var generator = SplitMix64(seed: seed)
    var original = OriginalMessage(using: &generator)
    let bytes = [UInt8](text.utf8)
    original.add(bytes.span)
    return original
  }

  private let message = "Message-ID: <1@website.test>\r\nSubject: Hello\r\n\r\nText\r\n"

  @Test func wholeReport() throws {
    let bytes = [UInt8](message.utf8)
    let composed = try report(failed()).compose(original(message))
    let text = String(decoding: composed.bytes(message: bytes.span), as: UTF8.self)
    let boundary = "=_910a2dec89025cc1beeb8da1658eec67_00"
    let expected = """
      From: Mail Delivery System <MAILER-DAEMON@mail.website.test>
      To: <susan@website.test>
      Subject: Your message could not be delivered
      Date: Tue, 15 Nov 1994 08:13:20 +0000
      Message-ID: <910a2dec89025cc1beeb8da1658eec67.report@mail.website.test>
      In-Reply-To: <1@website.test>
      References: <1@website.test>
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status;
       boundary="\(boundary)"

      This is a report in the format of RFC 3464, in parts of MIME.

      --\(boundary)
      Content-Description: Notification
      Content-Type: text/plain; charset=us-ascii

      This is the mail server mail.website.test.

      Your message could not be delivered to these recipients, and it
      will not be tried again:

        <robert@domain.test>
           mx.domain.test said: 550 5.1.1 No such user

      --\(boundary)
      Content-Description: Delivery report
      Content-Type: message/delivery-status

      Original-Envelope-Id: order no. 7
      Reporting-MTA: dns; mail.website.test
      Arrival-Date: Tue, 15 Nov 1994 08:10:00 +0000

      Original-Recipient: rfc822; bob+x@website.test
      Final-Recipient: rfc822; robert@domain.test
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.domain.test
      Diagnostic-Code: smtp; 550 5.1.1 No such user
      Last-Attempt-Date: Tue, 15 Nov 1994 08:12:31 +0000

      --\(boundary)
      Content-Description: The message
      Content-Type: message/rfc822

      Message-ID: <1@website.test>
      Subject: Hello

      Text

      --\(boundary)--

      """
    #expect(text == expected.replacing("\n", with: "\r\n"))
    #expect(composed.sender == .null && composed.parameters.notify == .never && composed.body == .sevenBit)
  }

  /// What comes back: RET, the kind of report, size, 8-bit, REQUIRETLS, long lines.
  @Test func returnedContent() throws {
    let eightBit = "Subject: x\r\n\r\nGrüße\r\n"
    let long = "Subject: x\r\n\r\n" + String(repeating: "a", count: 999) + "\r\n"
    let longEnough = "Subject: x\r\n\r\n" + String(repeating: "a", count: 998) + "\r\n"
    typealias Row = (name: String, text: String, change: (inout ReportMessage) -> Void, whole: Bool)
    let table: [Row] = [
      ("no RET", message, { _ in }, true), ("FULL", message, { $0.returnContent = .full }, true),
      ("HDRS", message, { $0.returnContent = .headers }, false),
      (
        "delayed", message,
        {
          $0.status.recipients[0].action = .delayed; $0.returnContent = .full
        }, false
      ),
      (
        "delivered", message,
        {
          $0.status.recipients[0].action = .delivered; $0.returnContent = .full
        }, false
      ),
      (
        "REQUIRETLS", message,
        {
          $0.requiresTLS = true; $0.returnContent = .full
        }, false
      ),
      ("large", message, { $0.maximumReturnedOctets = 5 }, false), ("8-bit", eightBit, { _ in }, true),
      ("8-bit, 7-bit way", eightBit, { $0.allowsEightBit = false }, false), ("long line", long, { _ in }, false),
      ("not too long", longEnough, { _ in }, true), ("NUL", "Subject: x\r\n\r\na\0b\r\n", { _ in }, false),
      ("empty", "", { _ in }, false), ("EAI", eightBit, { $0.isInternationalised = true }, false),
      (
        "EAI all the way", eightBit,
        {
          $0.isInternationalised = true; $0.allowsUTF8 = true
        }, true
      )
    ]
    for row in table {
      var report = try report(failed())
      row.change(&report)
      let composed = report.compose(original(row.text))
      check(composed.includesMessage == row.whole, row.name)
      let bytes = [UInt8](row.text.utf8)
      let whole = composed.bytes(message: bytes.span)
      guard let parsed = try? ReceivedReport(whole.span) else {
        check(false, row.name)
        continue
      }
      let content: ReturnContent? = row.text.isEmpty ? nil : row.whole ? .full : .headers
      check(parsed.returned?.content == content, row.name)
      if let range = parsed.returned?.range, row.whole {
        check(Array(whole[range]) == bytes, row.name)
      }
      check(parsed.isLabelled && parsed.explanation != nil, row.name)
      let isASCII = whole.allSatisfy { $0 < 128 }
      check(isASCII == (composed.body == .sevenBit), row.name)
    }
  }

  @Test func eightBitHeadersAreQuoted() throws {
    var report = try report(failed())
    report.returnContent = .headers
    let text = "Subject: Gr\u{FC}\u{DF}e =?= \nX: " + String(repeating: "b", count: 1200) + "\n\nText"
    let composed = report.compose(original(text))
    let written = String(decoding: composed.head, as: UTF8.self)
    check(composed.body == .sevenBit && written.contains("Content-Transfer-Encoding: quoted-printable\r\n"))
    check(written.contains("\r\nSubject: Gr=C3=BC=C3=9Fe =3D?=3D=20\r\nX: b"))
    check(written.utf8.split(separator: 10).allSatisfy { $0.count <= 999 })
    report.isInternationalised = true
    report.allowsUTF8 = true
    let robert = [UInt8]("röbert@domain.test".utf8)
    report.status.recipients[0].finalRecipient = TypedText("utf-8", robert.span)
    let global = report.compose(original("Subject: Grüße\r\n\r\nText"))
    let globalText = String(decoding: global.head, as: UTF8.self)
    check(global.isInternationalised && global.body == .eightBitMIME)
    check(globalText.contains("message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r\n"))
    check(globalText.contains("Final-Recipient: utf-8; röbert@domain.test\r\n"))
    check(globalText.contains("message/global-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: Grüße\r\n"))
    report.allowsUTF8 = false
    let ascii = String(decoding: report.compose(original("Subject: Grüße\r\n\r\nText")).head, as: UTF8.self)
    check(ascii.contains("Final-Recipient: utf-8; r\\x{F6}bert@domain.test\r\n") && ascii.utf8.allSatisfy { $0 < 128 })
  }

  /// The sender of a message cannot end a part of the report, however he foresees the boundary.
  @Test func boundaryIsNotInTheMessage() throws {
    let stem = "=_910a2dec89025cc1beeb8da1658eec67_"
    for ending in ["\r\n", "\n", "\r"] {
      let text = "Subject: x\(ending)\(ending)a\(ending)--\(stem)00\(ending)--\(stem)01--\(ending)x--\(stem)02"
      let composed = try report(failed()).compose(original(text))
      check(String(decoding: composed.tail, as: UTF8.self) == "\r\n--\(stem)02--\r\n", ending.debugDescription)
    }
    // In the pieces in which it comes, too.
    let text = [UInt8]("Subject: x\r\n\r\na\r\n--\(stem)00\r\n".utf8)
    for cut in everyCut(of: text.count) {
      var generator = SplitMix64(seed: 1)
      var original = OriginalMessage(using: &generator)
      for range in cut { original.add(text.span.extracting(range)) }
      let composed = try report(failed()).compose(original)
      check(composed.tail == [UInt8]("\r\n--\(stem)01--\r\n".utf8))
      check(original.header == [UInt8]("Subject: x\r\n".utf8))
    }
    // In the header, and in what a server replied.
    let header = try report(failed(SMTPReply(550, nil, "x\n--\(stem)00"))).compose(original("--\(stem)01: x\r\n\r\n"))
    check(String(decoding: header.tail, as: UTF8.self).contains("_00--") == true)
    var all = "Subject: x\r\n\r\n"
    for number in 0..<64 { all += "--\(stem)\(number / 10)\(number % 10)\r\n" }
    let composed = try report(failed()).compose(original(all))
    check(!composed.includesMessage)
  }

  @Test func nothingIsInjected() throws {
    let reply = SMTPReply(550, bytes: [UInt8]("a\r\nAction: delivered\n\nFinal-Recipient: x\0é ".utf8))
    var status = try failed(reply)
    status.originalEnvelopeIdentifier = FieldText("x\r\nReporting-MTA: dns; y\n\n")
    let hostile = [UInt8]("a@b\r\n\r\nc".utf8)
    status.recipients[0].originalRecipient = TypedText("rfc822", hostile.span)
    let written = status.encoded()
    let fields = String(decoding: written, as: UTF8.self)
    check(fields.utf8.allSatisfy { $0 < 127 && ($0 >= 32 || $0 == 13 || $0 == 10) })
    let parsed = ReportStatus(parsing: written.span)
    check(parsed.recipients.count == 1 && parsed.recipients[0].action == .failed)
    check(parsed.recipients[0].finalRecipient == status.recipients[0].finalRecipient)
  }

  /// I4 and I6: who is told, for each NOTIFY and each action, and nobody of what is itself a report.
  @Test func rules() throws {
    let susan = try Mailbox("susan@website.test")
    let postmaster = try Mailbox("postmaster@website.test")
    let rules = NotificationRules()
    let withPostmaster = NotificationRules(postmaster: postmaster)
    for bits in 0..<16 {
      let notify = NotifyConditions(rawValue: UInt8(bits))
      for action in DeliveryAction.allCases {
        let wanted: Bool =
          bits & 8 != 0
          ? false
          : action == .failed
            ? bits == 0 || bits & 2 != 0
            : action == .delayed ? bits == 0 || bits & 4 != 0 : bits & 1 != 0
        let told = rules.addressee(of: action, notify: notify, sender: .mailbox(susan))
        check(told == (wanted ? susan : nil), "\(action) \(bits)")
        check(rules.addressee(of: action, notify: notify, sender: .null) == nil)
        check(rules.addressee(of: action, notify: notify, sender: .null, kind: .report) == nil)
        for kind in [NotificationRules.MessageKind.mail, .report, .postmasterNotice] {
          let told = withPostmaster.addressee(of: action, notify: notify, sender: .null, kind: kind)
          let isDue = action == .failed && (kind == .report || (kind == .mail && bits & 8 == 0))
          check(told == (isDue ? postmaster : nil), "\(action) \(bits) \(kind)")
        }
      }
    }
  }

  @Test func headerFacts() {
    let facts = original(
      "Received: a\r\nRECEIVED: b\r\n c\r\nAuto-Submitted: auto-generated\r\nMessage-Id:\r\n <a@b>\r\n\r\nReceived: body"
    )
    check(facts.hops == 2 && facts.isAutomatic && facts.messageIdentifier == [UInt8]("<a@b>".utf8))
    check(!original("Auto-Submitted: NO\n\nx").isAutomatic && original("x").messageIdentifier == nil)
    check(original("Message-ID: <a b>\r\n\r\n").messageIdentifier == nil)
    check(original("\r\nSubject: x").header.isEmpty && original("a: b").header == [UInt8]("a: b".utf8))
    let huge = original(String(repeating: "X: " + String(repeating: "y", count: 500) + "\n", count: 300))
    check(huge.header.count <= OriginalMessage.maximumHeader && huge.header.last == 10)
  }
}
