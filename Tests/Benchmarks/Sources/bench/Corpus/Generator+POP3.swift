extension Generator {
  /// A client's session.
  mutating func pop3Requests() {
    put("CAPA")
    if chance(50) {
      put("AUTH PLAIN AHN1c2FuQHdlYnNpdGUudGVzdABzZWNyZXQtb2Ytc3VzYW4=")
    } else {
      put("USER \(pick(["susan", "robert@website.test"]))")
      put("PASS secret-of-susan")
    }
    put("STAT")
    put(chance(50) ? "UIDL" : "LIST")
    for number in 1...(1 + below(30)) {
      if chance(20) { put("TOP \(number) 0") }
      put("RETR \(number)")
      if chance(50) { put("DELE \(number)") }
    }
    put("QUIT")
  }

  /// What a server says, but for messages.
  mutating func pop3Responses() {
    put("+OK POP3 server ready <\(below(1 << 30)).\(below(1 << 30))@mail.website.test>")
    put("+OK Capability list follows")
    put(chance(10) ? "-ERR [AUTH] Authentication failed" : "+OK Maildrop locked, 30 messages (123456 octets)")
    put("+OK \(below(1000)) \(below(1 << 30))")
    for _ in 0..<30 {
      put(chance(95) ? "+OK \(below(1 << 24)) octets" : "-ERR [SYS/TEMP] Temporary failure, try again later")
    }
    put("+OK Goodbye")
  }
}
