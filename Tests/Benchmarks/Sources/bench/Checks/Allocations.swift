import CAllocations
@_spi(MailCodec) import MailWire
import POP3
import POP3Codec
import SMTP
@_spi(MailCodec) import SMTPCodec

/// Allocations for one unit, counted.
func checkAllocations(_ checks: inout Checks) {
  guard allocations_are_counted() == 1 else { return print("skipped: this C library's allocations cannot be counted") }
  for (line, limit) in smtpCommands {
    let bytes = [UInt8](line.utf8)
    checks.expect("allocations for \(line)", allocations { keep(isCommand(bytes) ? 1 : 0) }, atMost: limit)
    checks.expect("allocations for a view of \(line)", allocations { keep(isCommandView(bytes) ? 1 : 0) }, atMost: 0)
  }
  for reply in ["250 2.1.5 Ok\r\n", "550-5.1.1 No\r\n550 5.1.1 such user\r\n"] {
    let bytes = [UInt8](reply.utf8)
    checks.expect("allocations for the reply \(bytes.prefix(3))", allocations { keep(textCount(bytes)) }, atMost: 1)
  }
  checkWriting(&checks)
  checkLoops(&checks)
  checkIMAP(&checks)
}

/// Allocations for a unit of IMAP, in large reads and in reads of an octet, where nothing grows in steps.
private func checkIMAP(_ checks: inout Checks) {
  for (name, large, single) in imapRows {
    for row in Row.all where row.name == name {
      let corpus = Generator.bytes(row.corpus, size: 200_000)
      for (chunk, limit) in [(65_536, large), (1, single)] {
        keep(row.body(corpus, chunk))
        let before = allocations_count()
        let units = row.body(corpus, chunk)
        let each = Double(allocations_count() - before) / Double(units)
        checks.expect("allocations for a unit of \(name) in reads of \(chunk)", each, atMost: limit)
      }
    }
  }
}

/// Rows, and what a unit may allocate in large reads and in reads of an octet.
private let imapRows: [(String, Double, Double)] = [
  ("imap-fetch-synth owned", 4, 6), ("imap-fetch-synth borrowed", 0.1, 2), ("imap-flags owned", 2, 2),
  ("imap-flags borrowed", 0.1, 0.1), ("imap-bodies streamed", 5, 5), ("imap-commands owned", 2, 3),
  ("imap-commands-litplus owned", 2, 3)
]

/// Command lines, and how often the owned value of each may allocate.
private let smtpCommands: [(String, Double)] = [
  ("DATA", 0), ("RSET", 0), ("NOOP", 0), ("QUIT", 0), ("STARTTLS", 0), ("MAIL FROM:<>", 0), ("RCPT TO:<Postmaster>", 0),
  ("EHLO mail.website.test", 1), ("MAIL FROM:<susan@website.test>", 1), ("RCPT TO:<robert@domain.test>", 1),
  ("MAIL FROM:<susan@website.test> SIZE=1042 BODY=8BITMIME", 2), ("AUTH PLAIN AHN1c2FuAHNlY3JldA==", 2)
]

/// The allocations of one call, once everything lazy has been made.
private func allocations(_ body: () -> Void) -> Double {
  for _ in 0..<10 { body() }
  let before = allocations_count()
  for _ in 0..<100 { body() }
  return Double(allocations_count() - before) / 100
}

@inline(never)
private func isCommand(_ line: [UInt8]) -> Bool { (try? SMTPCommand(line.span)) != nil }

@inline(never)
private func isCommandView(_ line: [UInt8]) -> Bool {
  var used = SMTPQuirks.none
  if let view = try? SMTPCommandView.parse(line.span, used: &used) {
    if case .unknown = view { return false }
    return true
  }
  return false
}

@inline(never)
private func textCount(_ reply: [UInt8]) -> Int { (try? SMTPReply(reply.span))?.text.count ?? 0 }

private func checkWriting(_ checks: inout Checks) {
  var output = OutboundBuffer()
  let reply = SMTPReply.recipientOK
  let written = allocations {
    reply.write(to: &output)
    output.consume(output.count)
  }
  checks.expect("allocations for a reply written", written, atMost: 0)
}

/// One command and its reply through a whole machine.
private func checkLoops(_ checks: inout Checks) {
  var server = lenientSMTPServer()
  _ = serve(&server)
  server.receive([UInt8]("EHLO client.test\r\n".utf8).span, at: .zero)
  _ = serve(&server)
  let noop = [UInt8]("NOOP\r\n".utf8)
  let noops = allocations {
    server.receive(noop.span, at: .zero)
    keep(serve(&server))
  }
  checks.expect("allocations for NOOP through SMTPServer", noops, atMost: 0)

  let mail = [UInt8]("MAIL FROM:<susan@website.test>\r\nRSET\r\n".utf8)
  let mails = allocations {
    server.receive(mail.span, at: .zero)
    keep(serve(&server))
  }
  checks.expect("allocations for MAIL and RSET through SMTPServer", mails, atMost: 2)

  var pop3 = lenientPOP3Server()
  logIn(&pop3)
  let maildrop = Maildrop()
  let pops = allocations {
    pop3.receive(noop.span, at: .zero)
    keep(serve(&pop3, maildrop))
  }
  checks.expect("allocations for NOOP through POP3Server", pops, atMost: 0)
}
