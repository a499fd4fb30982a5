import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// What has no wire form, or another meaning on the wire, cannot be made.
@Suite struct IMAPCommandConstructionTests {
  @Test func refusedNames() throws {
    // Every name that a parser knows, alone and with an argument.
    for name in ["NOOP", "fetch", "UID", "STATUS", "AUTHENTICATE", "Notify", "XLIST", "GETJMAPACCESS"] {
      let arguments = try [[], [IMAPValue.token(IMAPToken("SEARCH")), .token(IMAPToken("ALL"))]]
      for values in arguments where name != "UID" || !values.isEmpty {
        #expect(throws: SyntaxError(.badToken, at: 0), "\(name)") { try IMAPCommand.unknown(IMAPAtom(name), values) }
      }
    }
    for name in ["ALL", "not", "CHARSET", "return", "X-GM-RAW", "5:7", "*", "$", "SAVEDATESUPPORTED"] {
      #expect(throws: SyntaxError(.badToken, at: 0), "\(name)") { try SearchKey.unknown(IMAPToken(name), []) }
    }
    for name in ["UID", "BODY[]", "BINARY.SIZE[1]", "BODY", "RFC822.SIZE", "preview", "BODY[", "BINARY"] {
      #expect(throws: SyntaxError.self, "\(name)") { try FetchRequestItem.unknown(IMAPToken(name)) }
    }
    for name in ["arrival", "REVERSE"] {
      #expect(throws: SyntaxError(.badToken, at: 0)) { try SortCriterion.UnknownKey(IMAPToken(name)) }
    }
    let known = try IMAPParameter(IMAPToken("ChangedSince"))
    #expect(throws: SyntaxError(.badParameter, at: 0)) { try FetchModifiers(unknown: [known]) }
    #expect(throws: SyntaxError(.badToken, at: 0)) { try StatusItems([], unknown: [IMAPToken("UIDNEXT")]) }
  }

  @Test func refusedEmptiness() {
    #expect(throws: SyntaxError(.empty, at: 0)) { try FetchItems([]) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try FetchItems(FetchAttributes(rawValue: 1 << 31)) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try StatusItems([]) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try SearchKey.and([]) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try OneOrMore<IMAPAtom>([]) }
    #expect(throws: SyntaxError(.badNumber, at: 0)) { try NonZeroNumber(0) }
    #expect(throws: SyntaxError(.badNumber, at: 0)) { try ReplacedMessage(uid: 0) }
    #expect(SearchProgram([]).keys == [.all])
  }

  /// Trees have a hundred levels and no more, so that none exhausts a stack, and the deepest one reads back.
  @Test func depth() throws {
    var key = SearchKey.seen
    for _ in 0..<100 { key = try .not(key) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try SearchKey.not(key) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try SearchKey.or(.all, key) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try SearchKey.and([.all, key]) }
    var value = try IMAPValue.list([])
    for _ in 1..<100 { value = try .list([value]) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try IMAPValue.list([value]) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try SearchKey.unknown(IMAPToken("X"), [value]) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try FetchRequestItem.unknown(IMAPToken("X"), [value]) }
    #expect(throws: SyntaxError(.tooMany, at: 0)) { try IMAPParameter(IMAPToken("X"), value) }
    let commands: [IMAPCommand] = [
      .search(SearchProgram([key]), isUID: false), try .unknown(IMAPAtom("X-Y"), [value])
    ]
    for command in commands {
      let tagged = TaggedCommand(try IMAPTag("A"), command)
      let bytes = tagged.encoded(for: .server).bytes
      #expect(try TaggedCommand(bytes.span.extracting(first: bytes.count - 2)) == tagged)
    }
    // Whatever a caller allows, what is read has no more either.
    let deep = [UInt8](("A SEARCH " + String(repeating: "NOT ", count: 100_000) + "SEEN").utf8)
    #expect(throws: SyntaxError(.tooMany, at: 9 + 4 * 101)) {
      try TaggedCommand(deep.span, limits: IMAPLimits(nesting: .max))
    }
    let lists = [UInt8](("A X-Y " + String(repeating: "(", count: 100_000)).utf8)
    #expect(throws: SyntaxError(.tooMany, at: 106)) {
      try TaggedCommand(lists.span, limits: IMAPLimits(nesting: .max))
    }
  }

  /// An unknown search key takes all that follows it, so it stands in parentheses where other keys follow.
  @Test func unknownKeys() throws {
    let unknown = try SearchKey.unknown(IMAPToken("X-A"), [.token(IMAPToken("b"))])
    let keys: [SearchKey] = [try .or(unknown, .not(unknown)), try .and([.seen, unknown]), unknown]
    let text = TaggedCommand(try IMAPTag("A"), .search(SearchProgram(keys), isUID: false)).encoded(for: .server).bytes
    #expect(String(decoding: text, as: UTF8.self) == "A SEARCH OR (X-A b) NOT (X-A b) (SEEN X-A b) X-A b\r\n")
    #expect(try SearchKey.and([unknown]) == unknown)
  }

  /// `$` may stand at the end of a set, [RFC 5182 §3](https://www.rfc-editor.org/rfc/rfc5182#section-3).
  @Test func savedResults() throws {
    let set = try UIDSet("1,5:7,$")
    #expect(set.includesSavedResult && !set.isSavedResult && set.description == "1,5:7,$")
    #expect(UIDSet.savedResult.isSavedResult)
    for text in ["$,1", "$$", "1,$,2", "1$", "1:$", ",$"] { #expect(throws: SyntaxError.self) { try UIDSet(text) } }
  }
}
