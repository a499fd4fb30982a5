import MailWire
import SMTPCodec

/// The input is an address or a part of one.
func checkAddress(_ input: Span<UInt8>) throws(Finding) {
  for quirks in [SMTPQuirks.none, .lenient] {
    if let mailbox = try? Mailbox(input, quirks: quirks) { try checkMailbox(mailbox, quirks) }
    if let local = try? LocalPart(input, quirks: quirks) {
      try require(local.bytes == input.array, "a local part's octets")
      let again = try? LocalPart(unquoted: local.unquoted.span)
      // Quoting lengthens a name, and an irregular one becomes a quoted one.
      try require(again == local || local.unquoted.count > 29, "a local part by its meaning: \(local)")
    }
    if let host = try? MailHost(input, quirks: quirks) {
      try require(host.bytes == input.array, "a host's octets")
      try require((try? HelloName(input, quirks: quirks)) != nil, "a host is no name")
    }
    if let name = try? HelloName(input, quirks: quirks) {
      let command = SMTPCommand.ehlo(name)
      let line = Array(command.encoded.dropLast(2))
      try require((try? SMTPCommand(line.span, quirks: quirks)) == command, "EHLO \(name)")
    }
  }
  _ = try? AddressLiteral(input)
  if let local = try? LocalPart(unquoted: input) {
    try require(local.unquoted == input.array, "an unquoted local part: \(local)")
  }
}

private func checkMailbox(_ mailbox: Mailbox, _ quirks: SMTPQuirks) throws(Finding) {
  let bytes = mailbox.bytes
  try require(!bytes.contains { $0 < 32 || $0 > 126 }, "a control character in \(bytes.visible)")
  try require((try? Mailbox(bytes.span, quirks: quirks)) == mailbox, "read again: \(mailbox)")
  let parts = Mailbox(mailbox.localPart, at: mailbox.host)
  try require(parts == mailbox && parts.bytes == bytes, "put together again: \(mailbox)")
  try require(parts.hashValue == mailbox.hashValue, "the hash of \(mailbox)")
  let host = mailbox.host.bytes.map { 97...122 ~= $0 ? $0 - 32 : $0 }
  let other = (try? MailHost(host.span, quirks: quirks)).map { Mailbox(mailbox.localPart, at: $0) }
  try require(other == mailbox && other?.hashValue == mailbox.hashValue, "the host's letters in \(mailbox)")
  guard bytes.count <= 254 else { return }
  let command = SMTPCommand.recipient(.mailbox(mailbox), ESMTPParameters())
  let line = Array(command.encoded.dropLast(2))
  try require((try? SMTPCommand(line.span, quirks: quirks)) == command, "in a command: \(line.visible)")
}
