import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct MailReaderTests {
  /// Runs a reader through a transcript behind a login at a server that offers `capabilities`.
  private func expect(
    _ capabilities: String, _ text: String, content: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    var left: [String] = []
    let opening = """
      S: * OK [CAPABILITY IMAP4rev1] ready
      C: A1 LOGIN susan secret
      S: A1 OK [CAPABILITY IMAP4rev1 \(capabilities)] welcome

      """
    let log = expectTranscript(
      opening + text, drives: .client,
      machine: {
        left = content
        var configuration = IMAPClientConfiguration()
        configuration.security = .none
        configuration.allowsPlaintextAuthentication = true
        configuration.limits.inlineContent = 4
        return MailReader(configuration: configuration, credentials: Credentials(user: "susan", password: "secret"))
      }, log: Self.entry, sourceLocation: sourceLocation,
      handle: { event, reader in
        guard case .contentWanted = event else { return }
        guard !left.isEmpty else { return try reader.finishContent() }
        let part = [UInt8](left.removeFirst().utf8)
        try reader.sendContent(part.span)
      }, act: Self.act)
    check(log.first == "ready", "\(log)", sourceLocation: sourceLocation)
    return Array(log.dropFirst())
  }

  private static func act(_ text: String, _ reader: inout MailReader) throws {
    for text in text.split(separator: "; ") {
      let words = text.split(separator: " ").map { String($0) }
      switch words[0] {
      case "folders": try reader.listFolders()
      case "open": try reader.open(MailboxName(words[1]), isReadOnly: words.count > 2)
      case "page":
        try reader.listMessages(before: words.count > 2 ? UInt32(words[2]) : nil, count: UInt32(words[1]) ?? 0)
      case "describe": try reader.describe(UInt32(words[1]) ?? 0)
      case "fetch":
        let path = try SectionPath(words[2].split(separator: ".").compactMap { UInt32($0) })
        try reader.fetch(UInt32(words[1]) ?? 0, SectionSpecifier(path, .all))
      case "search": try reader.search([.unseen])
      case "flag": try reader.setFlags(.add, of: UIDSet(words[1]), FlagSet(.seen))
      case "move": try reader.move(UIDSet(words[1]), to: MailboxName(words[2]))
      case "append": try reader.append(UInt64(words[1]) ?? 0, to: MailboxName(words[2]), flags: FlagSet(.seen))
      case "create": try reader.run(.create(MailboxName(words[1]), []))
      case "watch": try reader.watch()
      case "unwatch": reader.stopWatching()
      case "quit": try reader.quit()
      default: Issue.record("unknown act \(text)")
      }
    }
  }

  private static func entry(_ event: MailReaderEvent) -> LogEntry {
    switch event {
    case .content(let part): .content(part)
    case .contentWanted: .none
    case .folders(let folders, for: let id):
      .line(
        "\(id) folders "
          + folders.map { folder in
            let counts = folder.status.map { ":\($0.messages ?? 0)/\($0.unseen ?? 0)" } ?? ""
            return "\(folder.name)\(folder.specialUse.map { "=\($0)" } ?? "")\(counts)"
          }.joined(separator: " "))
    case .opened(let mailbox, for: let id): .line("\(id) opened \(mailbox.name) \(mailbox.count) \(mailbox.isReadOnly)")
    case .messages(let rows, for: let id):
      .line(
        "\(id) messages "
          + rows.map { row in
            "\(row.uid) \(row.flags) \(visible(row.date ?? [])) \(visible(row.from?.mailbox ?? [])) \(visible(row.subject ?? []))"
          }.joined(separator: ", "))
    case .description(let envelope, let structure, for: let id):
      .line("\(id) \(visible(envelope?.subject ?? [])) \(visible(structure?.subtype ?? []))")
    case .contentBegins(let isDecoded, for: let id): .line("\(id) content \(isDecoded)")
    case .found(let uids, for: let id): .line("\(id) found \(text(uids))")
    case .moved(let code, let removed, for: let id): .line("\(id) moved \(code != nil) \(removed)")
    case .appended(let uid, for: let id): .line("\(id) appended \(uid ?? 0)")
    case .done(let id): .line("\(id) done")
    case .failed(let id, let failure): .line("\(id) failed " + text(failure))
    case .loginFailed(let failure): .line("login failed " + text(failure))
    case .arrived(let count): .line("arrived \(count)")
    case .expunged(let uids): .line("expunged \(text(uids))")
    case .flagsChanged(let uid, let flags): .line("flags \(uid) \(flags)")
    case .notice(let status): .line("notice " + visible(status.text))
    case .closed(let reason): .line("closed \(reason)")
    default: .line("\(event)")
    }
  }

  private static func text(_ uids: NumberRanges) -> String {
    uids.ranges.map { "\($0.lowerBound):\($0.upperBound)" }.joined(separator: ",")
  }

  private static func text(_ failure: MailReader.Failure) -> String {
    switch failure {
    case .refused(let status): visible(status.text)
    case .impossible(let error): "\(error)"
    default: "\(failure)"
    }
  }

  @Test func folders() {
    let modern = expect(
      "SPECIAL-USE LIST-EXTENDED LIST-STATUS",
      #"""
      -- do folders
      C: A2 LIST "" * RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY))
      S: * LIST () "/" INBOX
      S: * LIST (\Noselect) "/" x
      S: * STATUS INBOX (MESSAGES 3 UNSEEN 1)
      S: * LIST (\Sent) "/" x/Sent
      S: * STATUS x/Sent (MESSAGES 4 UNSEEN 0)
      S: A2 OK done
      """#)
    check(modern == [#"#1 folders INBOX:3/1 x x/Sent=\Sent:4/0"#], "\(modern)")
    let old = expect(
      "X",
      #"""
      -- do folders; create y
      C: A2 LIST "" *
      S: * LIST () "/" INBOX
      S: * LIST (\Noselect) "/" x
      S: * LIST () "/" gone
      S: A2 OK done
      C: A3 STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)
      S: * STATUS INBOX (MESSAGES 3 UNSEEN 1)
      S: A3 OK done
      C: A4 STATUS gone (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)
      S: A4 NO gone
      C: A5 CREATE y
      S: A5 NO [ALREADYEXISTS] there
      """#)
    check(old == ["#1 folders INBOX:3/1 x gone", "#2 failed there"], "\(old)")
  }

  private static let selecting = """
    C: A2 SELECT INBOX
    S: * 5 EXISTS
    S: A2 OK [READ-WRITE] done

    """

  @Test func messages() {
    let log = expect(
      "X",
      "-- do open INBOX; page 2; page 2 40; page 2 20; page 2 10; page 9 77\n" + Self.selecting
        + #"""
        C: A3 FETCH 4:5 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)
        S: * 5 FETCH (UID 50 FLAGS (\Seen) ENVELOPE ("today" "hello" ((NIL NIL "a" "b")) NIL NIL NIL NIL NIL NIL NIL))
        S: * 4 FETCH (UID 40 FLAGS () ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))
        S: * 2 FETCH (UID 20 FLAGS (x))
        S: * 6 EXISTS
        S: A3 OK done
        C: A4 FETCH 2:3 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)
        S: A4 OK done
        C: A5 FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)
        S: * 1 FETCH (UID 10 FLAGS ())
        S: A5 NO broken
        """#)
    expectLog(
      log,
      #"""
      #1 opened INBOX 5 false
      flags 20 (x)
      arrived 6
      #2 messages 40 ()   , 50 (\Seen) today a hello
      #3 messages 
      flags 10 ()
      #4 failed broken
      #5 messages 
      #6 failed missing
      """#)
  }

  @Test func parts() {
    let log = expect(
      "BINARY",
      "-- do open INBOX; describe 9; fetch 9 1; fetch 9 2; fetch 9 3; fetch 8 1\n" + Self.selecting
        + #"""
        C: A3 UID FETCH 9 (UID ENVELOPE BODYSTRUCTURE)
        S: * 1 FETCH (UID 9 ENVELOPE (NIL "hi" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1))
        S: A3 OK done
        C: A4 UID FETCH 9 (UID BINARY.PEEK[1])
        S: * 1 FETCH (UID 9 BINARY[1] "abc")
        S: A4 OK done
        C: A5 UID FETCH 9 (UID BINARY.PEEK[2])
        S: * 3 FETCH (BODY[] {5}
        S! other)\r\n
        S: * 1 FETCH (UID 9 BINARY[2] ~{5}
        S! ab\x00cd)\r\n
        S: A5 OK done
        C: A6 UID FETCH 9 (UID BINARY.PEEK[3])
        S: A6 NO [UNKNOWN-CTE] what
        C: A7 UID FETCH 9 (UID BODY.PEEK[3])
        S: * 1 FETCH (UID 9 BODY[3] NIL)
        S: A7 OK done
        C: A8 UID FETCH 8 (UID BINARY.PEEK[1])
        S: A8 OK done
        """#)
    expectLog(
      log,
      #"""
      #1 opened INBOX 5 false
      #2 hi plain
      #3 content true
      content: abc
      #3 done
      #4 content true
      content: ab\x00cd
      #4 done
      #5 failed missing
      #6 failed missing
      """#)
  }

  @Test func changes() {
    let modern = expect(
      "MOVE",
      """
      -- do open INBOX; flag 9:11; move 9 b; append 5 b; search; create c
      \(Self.selecting)C: A3 UID STORE 9:11 +FLAGS (\\Seen)
      S: * 1 FETCH (UID 9 FLAGS (\\Seen))
      S: A3 OK done
      C: A4 UID MOVE 9 b
      S: * OK [COPYUID 7 9 21] moved
      S: * 1 EXPUNGE
      S: A4 OK done
      C: A5 APPEND b (\\Seen) {5}
      S: + go
      C: abcde
      S: A5 OK [APPENDUID 7 22] done
      C: A6 UID SEARCH UNSEEN
      S: * SEARCH 10 11 13
      S: A6 OK done
      C: A7 CREATE c
      S: A7 OK done
      """, content: ["ab", "cde"])
    expectLog(
      Array(modern.dropFirst()),
      #"""
      flags 9 (\Seen)
      #2 done
      expunged 9:9
      #3 moved true true
      #4 appended 22
      #5 found 10:11,13:13
      #6 done
      """#)
    for (capabilities, end, result) in [
      ("UIDPLUS", "C: A5 UID EXPUNGE 9\nS: * 1 EXPUNGE\nS: A5 OK done", "#2 moved true true"),
      ("X", "", "#2 moved true false")
    ] {
      let old = expect(
        capabilities,
        """
        -- do open INBOX; move 9 b
        \(Self.selecting)C: A3 UID COPY 9 b
        S: A3 OK [COPYUID 7 9 21] done
        C: A4 UID STORE 9 +FLAGS.SILENT (\\Deleted)
        S: A4 OK done
        \(end)
        """)
      check(old.last == result, "\(capabilities): \(old)")
    }
    let failed = expect(
      "X",
      """
      -- do open INBOX; move 9 b; append 5 b
      \(Self.selecting)C: A3 UID COPY 9 b
      S: A3 NO [TRYCREATE] no
      C: A4 APPEND b (\\Seen) {5}
      S: A4 NO [TRYCREATE] no
      """)
    check(failed.dropFirst() == ["#2 failed no", "#3 failed no"], "\(failed)")
  }

  @Test func watching() {
    let log = expect(
      "IDLE",
      """
      -- do open INBOX; watch
      \(Self.selecting)C: A3 IDLE
      S: * 1 FETCH (UID 9)
      S: + idling
      S: * 6 EXISTS
      S: * 1 FETCH (FLAGS (x))
      S: * 1 EXPUNGE
      S: * NO [ALERT] disk full
      -- do page 1
      C: DONE
      S: * 7 EXISTS
      S: A3 OK done
      C: A4 FETCH 7 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)
      S: A4 OK done
      C: A5 IDLE
      S: + idling
      -- +28m
      C: DONE
      S: A5 OK done
      C: A6 IDLE
      S: + idling
      -- do unwatch
      C: DONE
      S: A6 OK done
      -- do quit
      C: A7 LOGOUT
      S: * BYE bye
      S: A7 OK done
      -- closed
      """)
    expectLog(
      log,
      """
      #1 opened INBOX 5 false
      watching
      arrived 6
      flags 9 (x)
      expunged 9:9
      notice disk full
      arrived 7
      #2 messages 
      watching
      watching
      #3 done
      closed quit
      """)
    let refused = expect("IDLE", "-- do open INBOX; watch\n" + Self.selecting + "C: A3 IDLE\nS: A3 NO busy")
    check(refused.count == 2 && refused[1].contains("watchEnded"), "\(refused)")
  }

  @Test func failures() throws {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    let susan = Credentials(user: "susan", password: "secret")
    for (text, allows, first, bytes) in [
      ("* OK [CAPABILITY IMAP4rev1] ready\r\n", false, "login failed encryptionRequired", "A1 LOGOUT"),
      ("* OK [CAPABILITY IMAP4rev1] ready\r\n", true, "", "A1 LOGIN susan secret"),
      ("* PREAUTH [CAPABILITY IMAP4rev1] ready\r\n", false, "ready", "A1 SELECT INBOX")
    ] {
      configuration.allowsPlaintextAuthentication = allows
      var reader = MailReader(configuration: configuration, credentials: susan)
      try reader.open(.inbox)
      let input = [UInt8](text.utf8)
      reader.receive(input.span, at: .zero)
      let drained = drain(&reader) { _, _ in }
      var log: [String] = []
      for event in drained.events { if case .line(let line) = Self.entry(event) { log.append(line) } }
      check(
        (log.first ?? "") == first && drained.bytes == [UInt8]((bytes + "\r\n").utf8), "\(text): \(log) \(drained.text)"
      )
      #expect(throws: MisuseError.badArgument) { try reader.listMessages(count: 0) }
      #expect(throws: MisuseError.badArgument) { try reader.run(.idle) }
      reader.close()
      #expect(throws: MisuseError.closed) { try reader.listFolders() }
    }
  }
}
