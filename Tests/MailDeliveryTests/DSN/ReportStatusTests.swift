import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct ReportStatusTests {
  @Test func statusRoundTrip() throws {
    var random = SplitMix64(seed: 5)
    func text() -> [UInt8] {
      var bytes: [UInt8] = []
      for _ in 0..<(1 + random.below(300)) { bytes.append(random.below(9) == 0 ? 32 : 33 + UInt8(random.below(94))) }
      return bytes
    }
    func typed(_ type: String) -> TypedText? {
      let bytes = text()
      return TypedText(type, bytes.span)
    }
    for _ in 0..<200 {
      var recipients: [RecipientStatus] = []
      for _ in 0...random.below(3) {
        let action = DeliveryAction.allCases[random.below(5)]
        let subject = UInt16(random.below(999))
        let address = text()
        var recipient = RecipientStatus(TypedText("rfc822", address.span), action, EnhancedStatusCode(4, subject, 7))
        if random.below(2) == 0 { recipient.originalRecipient = typed("x400") }
        if random.below(2) == 0 { recipient.diagnosticCode = typed("smtp") }
        if random.below(2) == 0 { recipient.finalLogIdentifier = typed("x")?.text }
        if random.below(2) == 0, let field = StatusField("X-Queue", address.span) { recipient.extensions = [field] }
        let date = DateTime(secondsSince1970: Int64(random.below(1 << 31)), zoneMinutes: random.below(2000) - 1000)
        if action == .delayed { recipient.willRetryUntil = date }
        recipient.lastAttemptDate = date
        recipients.append(recipient)
      }
      var status = ReportStatus(reportingMTA: typed("dns"), recipients: recipients)
      status.receivedFromMTA = typed("dns")
      let encoded = status.encoded()
      check(ReportStatus(parsing: encoded.span) == status, String(decoding: encoded, as: UTF8.self))
      check(encoded.split(separator: 10).allSatisfy { $0.count <= 999 })
    }
  }

  @Test func dates() {
    let table: [(String, String?)] = [
      ("Tue, 15 Nov 1994 08:12:31 +0000", "Tue, 15 Nov 1994 08:12:31 +0000"),
      ("15 Nov 1994 08:12:31 -0530", "Tue, 15 Nov 1994 08:12:31 -0530"),
      ("Tue, 15 Nov 94 08:12 GMT", "Tue, 15 Nov 1994 08:12:00 +0000"),
      ("29 Feb 2024 23:59:60 EST (comment)", "Thu, 29 Feb 2024 23:59:59 -0500"),
      ("Tue, 15 Nov 1994", nil), ("", nil), ("Tue", nil), ("15 Foo 1994 08:12 +0000", nil),
      ("32 Nov 1994 08:12 +0000", nil), ("15 Nov 1994 24:00 +0000", nil), ("15 Nov 99999 08:12 +0000", nil),
      ("15 Nov 1994 08:12 +9999", nil), ("1 Jan 0 00:00 +0000", "Mon, 01 Jan 1900 00:00:00 +0000")
    ]
    for (text, expected) in table {
      let bytes = [UInt8](text.utf8)
      check(DateTime(bytes.span)?.description == expected, "\(text): \(String(describing: DateTime(bytes.span)))")
    }
    for seconds in [Int64.min, -62_167_132_800, 253_402_214_399, .max] {
      check(DateTime(secondsSince1970: seconds, zoneMinutes: 9999).description.utf8.count == 31)
    }
  }
}
