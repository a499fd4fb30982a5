extension Generator {
  /// A client's session.
  mutating func smtpRequests() {
    let name = host()
    put("EHLO \(name)")
    if chance(50) {
      put("STARTTLS")
      put("EHLO \(name)")
    }
    if chance(40) { put("AUTH PLAIN AHN1c2FuQHdlYnNpdGUudGVzdABzZWNyZXQtb2Ytc3VzYW4=") }
    if chance(5) { put("VRFY \(pick(["susan", "robert"]))") }
    for _ in 0..<(1 + below(3)) { smtpTransaction() }
    put("QUIT")
  }

  private mutating func smtpTransaction() {
    var mail = "MAIL FROM:<\(chance(5) ? "" : address())>"
    if chance(80) { mail += " SIZE=\(800 + below(25_000_000))" }
    if chance(70) { mail += " BODY=8BITMIME" }
    if chance(20) { mail += " ENVID=QQ\(below(1_000_000_000))" }
    put(mail)
    for _ in 0..<(1 + below(4)) {
      let recipient = address()
      var line = "RCPT TO:<\(recipient)>"
      if chance(25) { line += " NOTIFY=\(pick(["NEVER", "SUCCESS,FAILURE", "FAILURE,DELAY"]))" }
      if chance(25) { line += " ORCPT=rfc822;\(recipient.map { $0 == "+" || $0 == "=" ? "_" : "\($0)" }.joined())" }
      put(line)
    }
    if chance(75) { put("DATA") } else { put("BDAT \(below(1_000_000)) LAST") }
    if chance(10) { put("NOOP") }
    if chance(20) { put("RSET") }
  }

  /// A server's side of a session.
  mutating func smtpResponses() {
    let name = host()
    put("220 \(name) ESMTP Postfix (Debian/GNU)")
    put("250-\(name) Hello \(pick(["susan", "robert"])) [198.51.100.\(below(256))]")
    for capability in ["PIPELINING", "SIZE 52428800", "STARTTLS", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES", "DSN"] {
      if chance(75) { put("250-\(capability)") }
    }
    put("250 8BITMIME")
    if chance(40) { put("220 2.0.0 Ready to start TLS") }
    if chance(30) { put("235 2.7.0 Authentication successful") }
    for _ in 0..<(1 + below(3)) {
      put(chance(60) ? "250 2.1.0 Ok" : "250 2.1.0 <\(address())>... Sender ok")
      for _ in 0..<(1 + below(3)) { smtpRecipientReply(name) }
      put("354 End data with <CR><LF>.<CR><LF>")
      put(chance(90) ? "250 2.0.0 Ok: queued as \(below(1 << 30))" : "452 4.3.1 Insufficient system storage")
    }
    put("221 2.0.0 Bye")
  }

  private mutating func smtpRecipientReply(_ name: String) {
    switch below(20) {
    case 0..<14: put("250 2.1.5 Ok")
    case 14..<16:
      put("450 4.2.0 <\(address())>: Recipient address rejected: Greylisted, see https://\(name)/help.html")
    case 16..<19: put("550 5.1.1 <\(address())>: Recipient address rejected: User unknown in local recipient table")
    default:
      put("550-5.7.1 [198.51.100.\(below(256))] Our system has detected that this message is")
      put("550-5.7.1 likely unsolicited mail. To reduce the amount of spam sent,")
      put("550 5.7.1 this message has been blocked.")
    }
  }

  private static let words = "the of and to in a is that for it as was with be by on not he his but at are this have"

  /// A part of a message: a quarter text, some of whose lines begin with dots, the rest base64.
  mutating func paragraph() {
    guard chance(25) else {
      for _ in 0..<24 {
        for _ in 0..<76 { output.append(UInt8(ascii: "A") + UInt8(below(26))) }
        output += [13, 10]
      }
      return
    }
    for _ in 0..<(3 + below(9)) {
      switch below(100) {
      case 0..<2: put("..a line that began with one dot")
      case 2: put("..")
      case 3..<10: put("")
      default: put(String(Self.words.prefix(60 + below(17))))
      }
    }
  }
}
