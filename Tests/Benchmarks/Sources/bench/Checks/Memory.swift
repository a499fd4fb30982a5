import CAllocations
import MailWire
import POP3
import SMTP

private final class SMTPBox { var server = lenientSMTPServer() }
private final class POP3Box { var server = lenientPOP3Server() }

/// What an idle session costs, buffers, the machine itself and the object around it included.
func checkMemory(_ checks: inout Checks) {
  guard allocations_are_counted() == 1 else { return print("skipped: this C library's memory cannot be counted") }
  let smtp = octetsEach {
    let box = SMTPBox()
    let session: StaticString =
      "EHLO client.test\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n"
    _ = serve(&box.server)
    box.server.receive([UInt8]("\(session)".utf8).span, at: .zero)
    _ = serve(&box.server)
    return box
  }
  checks.expect("octets of an idle SMTPServer", smtp, atMost: 1024)
  let pop3 = octetsEach {
    let box = POP3Box()
    logIn(&box.server)
    box.server.receive([UInt8]("STAT\r\nNOOP\r\n".utf8).span, at: .zero)
    _ = serve(&box.server, Maildrop())
    return box
  }
  checks.expect("octets of an idle POP3Server", pop3, atMost: 1024)
}

/// The octets that one of many such objects holds on to.
private func octetsEach(_ make: () -> AnyObject) -> Double {
  let count = 1000
  var objects: [AnyObject] = []
  objects.reserveCapacity(count)
  objects.append(make())
  allocations_watch_octets(1)
  defer { allocations_watch_octets(0) }
  let before = allocations_live_octets()
  for _ in 1..<count { objects.append(make()) }
  let octets = Double(allocations_live_octets() - before) / Double(count - 1)
  return withExtendedLifetime(objects) { octets }
}
