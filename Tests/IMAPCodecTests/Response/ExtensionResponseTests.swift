@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ExtensionResponseTests {
  /// The examples of the extensions' RFCs, in their canonical form: read strictly, they are typed, and written as they were.
  @Test func canonicalResponses() throws {
    let lines = [
      "* THREAD (2)(3 6 (4 23)(44 7 96))", "* THREAD ((3)(5))", "* THREAD (166)(167)(168)", "* THREAD",
      "* THREAD (1 ((2)(3))(4))", "* THREAD (1 2 3 4 5)", "* THREAD (1 (2 (3)(4))(5 6)(7))",
      "* NAMESPACE ((\"\" \"/\")) NIL NIL", "* NAMESPACE NIL NIL ((\"\" \".\"))",
      "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) ((\"~\" \"/\")) ((\"#shared/\" NIL))",
      "* NAMESPACE ((\"INBOX.\" \"\\\\\")) NIL NIL",
      "* ID (\"name\" \"Cyrus\" \"version\" \"1.5\" \"os\" NIL)", "* ID NIL",
      "* QUOTA \"\" (STORAGE 10 512)", "* QUOTA \"#user/alice\" (STORAGE 54 111 MESSAGE 42 1000)",
      "* QUOTA \"!partition\" ()",
      "* QUOTAROOT INBOX \"\" \"#user/alice\"", "* QUOTAROOT comp.mail.mime",
      "* ACL INBOX Fred adeiklprstwx -negative lr", "* ACL \"a b\"", "* LISTRIGHTS ~/Mail/saved smith al r s w 01",
      "* LISTRIGHTS archive/imap anyone \"\" l r s", "* MYRIGHTS INBOX acdeiklprstwx", "* MYRIGHTS \"\" \"\"",
      "* METADATA INBOX (/shared/comment \"Shared comment\" /private/comment NIL)", "* METADATA \"\" /shared/comment",
      "* METADATA INBOX /shared/comment /private/comment", "* METADATA x (/shared/icon ~{3}\r\n\u{0}\r\n)",
      "* LANGUAGE (\"EN\" \"DE\" \"i-default\")", "* COMPARATOR i;unicode-casemap",
      "* COMPARATOR i;basic (\"i;basic\" \"i;ascii-casemap\")",
      "* GENURLAUTH \"imap://joe@example.com/INBOX/;uid=20;urlauth=submit+fred:internal:91354\"",
      "* URLFETCH imap://joe@example.com/INBOX/;uid=20 {4}\r\na\r\nb",
      "* URLFETCH imap://a NIL \"imap://b c\" \"text\"",
      "* URLFETCH imap://a (BODYPARTSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 28 1 NIL NIL NIL NIL)) "
        + "(BINARY {3}\r\nabc) imap://b (BODY NIL) (X-NEW (a b))",
      "* ESEARCH (TAG \"t1\" MAILBOX folder1 UIDVALIDITY 1) UID ALL 4001,4003,4005,4007,4009",
      "* ESEARCH (TAG \"t1\" MAILBOX \"folder 2\" UIDVALIDITY 503) UID COUNT 3",
      "* ESEARCH (TAG \"A1\") UID PARTIAL (-1:-100 200:250,252:300)", "* ESEARCH (TAG \"A1\") PARTIAL (1:10 NIL)",
      "* ESEARCH (TAG \"B1\") ALL 1,5,10 RELEVANCY (4 99 42)",
      "* ESEARCH (TAG \"C1\") UID ADDTO (1 2733) ADDTO (1 2731:2732)",
      "* ESEARCH (TAG \"C1\") UID ADDTO (0 32768:32769) REMOVEFROM (0 32768) X-NEW (1 2)",
      "* ESEARCH (TAG \"S1\") UID ALL 17,4:6,2 MODSEQ 9",
      "* UIDBATCHES (TAG \"A143\") 215295:99696,99695:20351,20350:1", "* UIDBATCHES (TAG \"A1\")",
      "* UIDBATCHES (TAG \"A143\" MAILBOX Drafts UIDVALIDITY 4889695) 5:5",
      "* JMAPACCESS \"https://example.com/.s/[jmap]\"",
      "* STATUS INBOX (APPENDLIMIT 257890)", "* STATUS INBOX (DELETED-STORAGE 8 APPENDLIMIT NIL)",
      "* LIST () \"/\" NewName (OLDNAME (OldName))", "* 3 UIDFETCH (FLAGS ())"
    ]
    for line in lines {
      let wire = bytes(line + "\r\n")
      do throws(SyntaxError) {
        let (response, used) = try ResponseTests.parse(wire)
        if case .untagged(.other) = response { Issue.record("untyped: \(line)") }
        let again = ResponseTests.written(response)
        if again != wire || !used.isEmpty { Issue.record("\(line) became \(String(decoding: again, as: UTF8.self))") }
        if try ResponseTests.parse(again).response != response { Issue.record("differs: \(line)") }
      } catch { Issue.record("\(line): \(error)") }
    }
  }

  /// Forms that are valid but not those in which they are written.
  @Test func otherForms() throws {
    let lines = [
      ("* QUOTA root (storage 10 512)", "* QUOTA \"root\" (storage 10 512)"),
      ("* namespace nil nil nil", "* NAMESPACE NIL NIL NIL"), ("* ID ()", "* ID NIL"),
      ("* MYRIGHTS {5}\r\ninbox srl", "* MYRIGHTS INBOX lrs"),
      ("* THREAD {1}", nil),
      ("* METADATA \"INBOX\" (\"/shared/comment\" {1}\r\nx)", "* METADATA INBOX (/shared/comment \"x\")"),
      ("* UIDBATCHES (TAG A1) 1:99,100", "* UIDBATCHES (TAG \"A1\") 99:1,100:100"),
      (
        "* ESEARCH (UIDVALIDITY 3 TAG \"t\" MAILBOX inbox) ALL 3,4,6:5",
        "* ESEARCH (TAG \"t\" MAILBOX INBOX UIDVALIDITY 3) ALL 3:6"
      ),
      ("* LIST () \"/\" a (\"OLDNAME\" (\"b\"))", "* LIST () \"/\" a (OLDNAME (\"b\"))"),
      ("* GENURLAUTH imap://a", "* GENURLAUTH \"imap://a\"")
    ]
    for (line, expected) in lines {
      let response = try? ResponseTests.parse(bytes(line + "\r\n")).response
      let again = response.map { ResponseTests.written($0) }
      if again != expected.map({ bytes($0 + "\r\n") }) { Issue.record("\(line): \(text(again) ?? "refused")") }
    }
  }

  @Test func refusals() {
    let lines = [
      "* THREAD ()", "* THREAD (1", "* THREAD 1", "* THREAD (1)) ", "* THREAD (0)", "* THREAD (1 (2))",
      "* THREAD ((1))",
      "* THREAD (1(2)(3))", "* THREAD (1 (2)(3) 4)", "* THREAD (1) (2)", "* THREAD (1  2)", "* NAMESPACE NIL NIL",
      "* NAMESPACE () NIL NIL", "* NAMESPACE ((\"\")) NIL NIL", "* NAMESPACE ((\"\" \"//\")) NIL NIL",
      "* NAMESPACE ((\"\" \"/\" \"X\" ())) NIL NIL", "* ID", "* ID (\"name\")", "* ID (name \"x\")", "* QUOTA \"\"",
      "* QUOTA \"\" (STORAGE 10)", "* QUOTA \"\" (STORAGE 10 9223372036854775808)", "* QUOTA \"\" (STORAGE -1 5)",
      "* QUOTAROOT", "* ACL", "* ACL INBOX fred", "* ACL INBOX fred LR", "* LISTRIGHTS INBOX fred", "* MYRIGHTS INBOX",
      "* MYRIGHTS INBOX l-r", "* METADATA INBOX", "* METADATA INBOX ()", "* METADATA INBOX (/a)", "* LANGUAGE EN",
      "* LANGUAGE ()", "* COMPARATOR", "* GENURLAUTH", "* URLFETCH", "* URLFETCH imap://a", "* URLFETCH imap://a ()",
      "* ESEARCH (MAILBOX a) ALL 1", "* ESEARCH (TAG \"a\" TAG \"b\")", "* ESEARCH ALL 1:*", "* ESEARCH ALL $",
      "* ESEARCH PARTIAL (0:1 NIL)", "* ESEARCH PARTIAL (1:-1 NIL)", "* ESEARCH MIN 0", "* ESEARCH ADDTO (1)",
      "* UIDBATCHES 1:2", "* UIDBATCHES (TAG \"a\") 0:1", "* UIDBATCHES (TAG \"a\") *:1", "* JMAPACCESS",
      "* JMAPACCESS https://a", "* VANISHED 1:*", "* VANISHED $", "* STATUS a (UIDNEXT 0)",
      "* STATUS a (APPENDLIMIT -1)"
    ]
    for line in lines where (try? ResponseTests.parse(bytes(line + "\r\n"))) != nil {
      Issue.record("accepted: \(line)")
    }
  }

  @Test func threads() throws {
    guard
      case .untagged(.thread(let thread)) = try ResponseTests.parse(
        bytes("* THREAD (2)(3 6 (4 23)(44 7 96))((8)(9))\r\n")
      ).response
    else {
      Issue.record("no thread")
      return
    }
    #expect(thread.nodes.map(\.number) == [2, 3, 6, 4, 23, 44, 7, 96, nil, 8, 9])
    #expect(thread.nodes.map(\.depth) == [0, 0, 1, 2, 3, 2, 3, 4, 0, 1, 1])
    #expect(thread.roots == [0, 1, 8] && thread.replies(to: 2) == [3, 5] && thread.replies(to: 0).isEmpty)
    typealias Node = ThreadResponse.Node
    for nodes in [
      [Node(0, depth: 0)], [Node(1, depth: 1)], [Node(nil, depth: 0)], [Node(nil, depth: 0), Node(1, depth: 1)],
      [Node(1, depth: 0), Node(2, depth: 2)], [Node(1, depth: -1)]
    ] {
      #expect(throws: SyntaxError.self) { try ThreadResponse(nodes) }
    }
  }

  /// Neither chains nor parentheses need a stack, and both cost linear work.
  @Test func deepThreads() throws {
    let chain = try ThreadResponse((0..<20_000).map { ThreadResponse.Node(UInt32($0 + 1), depth: $0) })
    var forks: [ThreadResponse.Node] = []
    for depth in 0..<10_000 {
      if depth > 0 { forks.append(ThreadResponse.Node(1, depth: depth)) }
      forks.append(ThreadResponse.Node(depth % 2 == 0 ? 7 : nil, depth: depth))
    }
    forks += [ThreadResponse.Node(5, depth: 10_000), ThreadResponse.Node(6, depth: 10_000)]
    for thread in [chain, try ThreadResponse(forks)] {
      let wire = ResponseTests.written(.untagged(.thread(thread)))
      #expect(try ResponseTests.parse(wire).response == .untagged(.thread(thread)))
    }
    let needless = "* THREAD " + String(repeating: "(", count: 50_000) + "3" + String(repeating: ")", count: 50_000)
    let (response, used) = try ResponseTests.parse(bytes(needless + "\r\n"), .needlessThreadList)
    #expect(response == .untagged(.thread(try ThreadResponse([ThreadResponse.Node(3, depth: 0)]))))
    #expect(used == .needlessThreadList)
  }

  @Test func extendedListItems() throws {
    let line = "* LIST (\\NonExistent) \"/\" b (CHILDINFO (\"SUBSCRIBED\" \"X\") oldname (\"a b\"))\r\n"
    guard case .untagged(.list(let list)) = try ResponseTests.parse(bytes(line)).response else { return }
    #expect(list.oldName == (try MailboxName("a b")) && list.childInformation == [bytes("SUBSCRIBED"), bytes("X")])
    let made = try ListResponse(
      MailboxName("b"), delimiter: 47,
      extensions: [.oldName(try MailboxName("a b")), .childInformation([try IMAPAtom("SUBSCRIBED")])])
    #expect(made.oldName == (try MailboxName("a b")) && made.childInformation == [bytes("SUBSCRIBED")])
    #expect(list.extensions.count == 2)
  }

  @Test func orderedNumbers() throws {
    let numbers = try OrderedNumbers([319, 320, 304, 305, 7])
    #expect(numbers.ranges == [319...320, 304...305, 7...7] && numbers.count == 5)
    #expect(numbers[0] == 319 && numbers[3] == 305 && numbers[4] == 7 && numbers[5] == nil)
    #expect(numbers.place(of: 305) == 3 && numbers.place(of: 8) == nil)
    #expect(numbers.set == (try NumberRanges([7, 304, 305, 319, 320])))
    #expect(throws: SyntaxError.self) { try OrderedNumbers([0]) }
    let all = try OrderedNumbers([1...UInt32.max, 1...1])
    #expect(all.count == 4_294_967_296 && all[4_294_967_295] == 1)
  }
}
