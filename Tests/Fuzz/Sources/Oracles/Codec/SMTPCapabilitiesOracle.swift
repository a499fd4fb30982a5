import MailWire
import SMTPCodec

/// The input is the text of a reply to `EHLO`, its lines separated by LF.
func checkSMTPCapabilities(_ input: Span<UInt8>) throws(Finding) {
  guard let name = try? Domain("mail.website.test") else { throw Finding("a domain") }
  for quirks in [SMTPQuirks.none, .lenient] {
    let offered = SMTPCapabilities(SMTPReply(250, bytes: input.array), quirks: quirks)
    for entry in offered.entries {
      try require(offered.offers(entry.keyword), "\(entry.keyword) is not found")
      let isPrintable = entry.parameters.allSatisfy { $0 != 13 && $0 != 10 && $0 != 0 }
      try require(isPrintable, "a line end within \(entry.keyword)")
    }
    try require(offered.offersSize == offered.offers(.size), "SIZE")
    try require(offered.offersStartTLS == offered.offers(.startTLS), "STARTTLS")
    let reply = offered.reply(from: name)
    let again = SMTPCapabilities(reply, quirks: .none)
    try require(again == offered, "written and read again: \(reply.encoded.visible)")
  }
}
