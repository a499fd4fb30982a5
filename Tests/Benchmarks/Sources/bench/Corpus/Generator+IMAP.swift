extension Generator {
  /// A response with all that a list of messages shows.
  mutating func imapFetch() {
    let number = 1 + below(100_000)
    let host = host()
    let person = "(\"Susan Example\" NIL \"susan\" \"\(host)\")"
    put(
      "* \(number) FETCH (UID \(number + 7) FLAGS (\\Seen\(chance(30) ? " $Forwarded" : "")) "
        + "INTERNALDATE \"17-Jul-2026 02:44:25 -0700\" RFC822.SIZE \(below(1 << 20)) ENVELOPE ("
        + "\"Wed, 17 Jul 2026 02:23:25 -0700\" \"A subject with some words, number \(number)\" (\(person)) (\(person)) "
        + "(\(person)) (\(person)\(person)) NIL NIL NIL \"<\(number).\(below(1 << 30))@\(host)>\") BODYSTRUCTURE "
        + "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" \(below(5_000)) 30 NIL NIL NIL NIL)"
        + "(\"APPLICATION\" \"PDF\" (\"NAME\" \"report.pdf\") NIL NIL \"BASE64\" \(below(500_000)) NIL "
        + "(\"attachment\" (\"FILENAME\" \"report.pdf\")) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"=_\(number)\") NIL NIL NIL))"
    )
  }

  /// A response to a client that looks for changes.
  mutating func imapFlags() {
    let number = 1 + below(300_000)
    let flags = pick(["\\Seen", "\\Seen \\Answered", "", "\\Seen $Junk", "\\Flagged \\Seen"])
    put(
      "* \(number) FETCH (UID \(number + 9) FLAGS (\(flags)) RFC822.SIZE \(below(100_000)) MODSEQ (\(below(1 << 30))))")
  }

  /// A response with a message of 20,000 octets.
  mutating func imapBodies() {
    let number = 1 + below(2_000)
    put("* \(number) FETCH (UID \(number) BODY[] {20000}")
    for _ in 0..<250 {
      for _ in 0..<78 { output.append(UInt8(ascii: "A") + UInt8(below(26))) }
      output += [13, 10]
    }
    put(" FLAGS (\\Seen))")
  }

  /// A client's commands.
  mutating func imapCommands(plus: String) {
    let tag = "A\(below(10_000))"
    switch below(8) {
    case 0: put("\(tag) NOOP")
    case 1: put("\(tag) SELECT \"INBOX/\(host())\"")
    case 2: put("\(tag) UID FETCH \(1 + below(1_000)):* (UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])")
    case 3: put("\(tag) UID STORE \(1 + below(1_000)),\(2_000 + below(9)) +FLAGS.SILENT (\\Seen $Done)")
    case 4: put("\(tag) SEARCH UNSEEN SINCE 1-Feb-2026 FROM \"susan\"")
    case 5: put("\(tag) STATUS Archive (MESSAGES UIDNEXT UNSEEN HIGHESTMODSEQ)")
    case 6:
      put("\(tag) LOGIN {5\(plus)}")
      put("susan {6\(plus)}")
      put("secret")
    default:
      put("\(tag) APPEND Sent (\\Seen) \"17-Jul-2026 02:44:25 -0700\" {26\(plus)}")
      put("Subject: a message\r\n\r\nxx\r\n")
    }
  }
}
