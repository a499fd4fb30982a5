import MailWire
import SMTPCodec

/// Commands and replies, read and written.
func checkSMTPCodec(_ checks: inout Checks) {
  let commands: [StaticString] = [
    "EHLO [IPv6:2001:db8::7]", "MAIL FROM:<\"su san\"@website.test> SIZE=1042 BODY=8BITMIME", "MAIL FROM:<>",
    "RCPT TO:<Postmaster>", "RCPT TO:<robert@domain.test>", "DATA", "NOOP", "AUTH PLAIN AHRlc3QAMTIzNA==", "XNEW a b"
  ]
  for line in commands {
    let command = try? SMTPCommand(line.octets.span)
    checks.expect(command?.encoded == line.octets + [13, 10], "a command's round trip")
  }
  let malformed: [StaticString] = ["", "MAIL", "MAIL FROM:susan@website.test", "RCPT TO:<a@b", "EHLO", "DATA now"]
  for line in malformed {
    checks.expect((try? SMTPCommand(line.octets.span)) == nil, "a malformed command")
  }

  let wire: StaticString = "550-5.1.1 No such user\r\n550 5.1.1 Try another\r\n"
  let reply = try? SMTPReply(wire.octets.span)
  checks.expect(reply?.code.number == 550 && reply?.status == EnhancedStatusCode(5, 1, 1), "a reply")
  checks.expect(reply?.encoded == wire.octets, "a reply's round trip")
}
