import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientMailboxTests {
  /// A client in a selected mailbox of so many messages.
  private func selected(_ count: Int, _ more: String = "") throws -> IMAPClient {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    var client = IMAPClient(configuration: configuration)
    feed(&client, "* PREAUTH [CAPABILITY IMAP4rev1 QRESYNC UNSELECT] ready\r\n")
    try client.send(command("SELECT INBOX"))
    feed(&client, "")
    feed(&client, "* \(count) EXISTS\r\n\(more)A1 OK [READ-WRITE] done\r\n")
    return client
  }

  /// What a mirror shows: the UIDs by sequence number, zero for unknown ones.
  private func uids(_ client: borrowing IMAPClient) -> [UInt32] {
    guard let mailbox = client.mailbox else { return [] }
    return (1...max(1, mailbox.count)).filter { _ in mailbox.count > 0 }.map { mailbox.messages.uid(at: $0) ?? 0 }
  }

  @Test func changes() throws {
    for (lines, expected, violations) in [
      (["3 FETCH (UID 30)", "1 FETCH (UID 10)"], [10, 0, 30, 0], 0),
      (["3 FETCH (UID 30)", "2 EXPUNGE", "2 FETCH (FLAGS ())"], [0, 30, 0], 0),
      (["4 EXPUNGE", "4 EXPUNGE"], [0, 0, 0], 1), (["6 EXISTS", "6 FETCH (UID 9)"], [0, 0, 0, 0, 0, 9], 0),
      (["1 FETCH (UID 10)", "3 EXISTS"], [0, 0, 0], 1), (["0 EXISTS"], [], 1),
      (["1 FETCH (UID 10)", "1 FETCH (UID 11)"], [10, 0, 0, 0], 1), (["9 FETCH (UID 10)"], [0, 0, 0, 0], 1),
      (["2 FETCH (UID 10)", "1 FETCH (UID 11)"], [0, 10, 0, 0], 1),
      (["1:4"], [10, 20, 30, 40], 0), (["1:4", "VANISHED 20,40"], [10, 30], 0),
      (["1:4", "VANISHED (EARLIER) 20,40"], [10, 20, 30, 40], 0), (["1:4", "VANISHED 21"], [10, 20, 30, 40], 1),
      (["1 FETCH (UID 10)", "4 FETCH (UID 40)", "VANISHED 15"], [10, 0, 40], 0),
      (["1 FETCH (UID 10)", "4 FETCH (UID 40)", "VANISHED 41"], [10, 0, 0, 40], 1),
      (["VANISHED 1:4000000000"], [], 1),
      (["4294967295 EXISTS", "VANISHED 1:4294967290", "5 EXISTS"], [0, 0, 0, 0, 0], 0),
      (["OK [CLOSED] gone", "3 EXISTS"], [], 0)
    ] {
      var client = try selected(4)
      var text = ""
      for line in lines {
        if line == "1:4" {
          for number in 1...4 { text += "* \(number) FETCH (UID \(number * 10))\r\n" }
        } else {
          text += "* \(line)\r\n"
        }
      }
      let drained = feed(&client, text)
      var count = 0
      for case .violation in drained.events { count += 1 }
      check(uids(client) == expected.map { UInt32($0) } && count == violations, "\(lines): \(uids(client)) \(count)")
      check(!client.isIdle || client.state == (lines[0].contains("CLOSED") ? .authenticated : .selected), "\(lines)")
    }
  }

  @Test func codes() throws {
    let client = try selected(
      2,
      """
      * FLAGS (\\Seen x)\r
      * OK [PERMANENTFLAGS (\\Seen \\*)] ok\r
      * OK [UIDVALIDITY 7] ok\r
      * OK [UIDNEXT 5] ok\r
      * OK [HIGHESTMODSEQ 99] ok\r
      * OK [UNSEEN 2] ok\r
      * OK [MAILBOXID (F1)] ok\r
      * 1 RECENT\r
      * 2 FETCH (UID 8 FLAGS () MODSEQ (100))\r

      """)
    guard let mailbox = client.mailbox else { return check(false, "not selected") }
    check(mailbox.name.isInbox && !mailbox.isReadOnly && mailbox.count == 2)
    check(mailbox.uidValidity == 7 && mailbox.uidNext == 9 && mailbox.highestModSeq == 99)
    check(mailbox.firstUnseen == 2 && mailbox.recent == 1 && mailbox.mailboxID?.description == "F1")
    check(mailbox.flags?.keywordCount == 1 && mailbox.permanentFlags?.system.contains(.newKeywords) == true)
  }

  /// What comes before `CLOSED` is about the mailbox that is left; a failure leaves none.
  @Test func reselection() throws {
    var client = try selected(4)
    try client.send(command("EXAMINE b"))
    check(feed(&client, "").text == "A2 EXAMINE b\\r\\n")
    feed(&client, "* 9 EXISTS\r\n* OK [CLOSED] gone\r\n")
    check(client.mailbox == nil && client.state == .authenticated)
    feed(&client, "* 2 EXISTS\r\n* OK [UIDVALIDITY 3] ok\r\nA2 OK [READ-ONLY] done\r\n")
    check(client.mailbox?.count == 2 && client.mailbox?.isReadOnly == true && client.state == .selected)
    try client.send(command("SELECT c"))
    feed(&client, "")
    feed(&client, "* 5 EXISTS\r\nA3 NO [NONEXISTENT] no\r\n")
    check(client.mailbox == nil && client.state == .authenticated && client.isReusable)
    try client.send(command("SELECT b"))
    feed(&client, "")
    feed(&client, "A4 OK done\r\n")
    for leaving in ["CLOSE", "UNSELECT"] {
      var client = try selected(1)
      try client.send(command(leaving))
      feed(&client, "")
      feed(&client, "A2 OK done\r\n")
      check(client.mailbox == nil && client.state == .authenticated)
    }
  }

  @Test func reusability() throws {
    var client = try selected(1)
    check(client.isReusable && client.isIdle)
    for partial in ["*", " 2 EXISTS\r\n", "* 1 FETCH (BODY[] {20000}\r\nabc"] {
      feed(&client, partial)
      check(client.isReusable == partial.hasSuffix("S\r\n"), partial)
    }
    var other = try selected(1)
    try other.send(.noop)
    check(!other.isReusable)
    feed(&other, "")
    check(!other.isReusable)
    feed(&other, "A2 OK done\r\n")
    check(other.isReusable)
    other.receiveEnd(at: .zero)
    check(!other.isReusable)
    let ended = feed(&other, "")
    check(ended.actions == [.close])
  }
}
