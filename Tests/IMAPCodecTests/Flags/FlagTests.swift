import IMAPCodec
import MailWire
import Testing

@Suite struct FlagTests {
  @Test func flags() throws {
    #expect(try Flag("\\sEEN") == .seen && Flag("\\seen").system == .seen && Flag("$forwarded") == .forwarded)
    #expect(try Flag("Seen").system == nil && Flag("\\Seenx").system == nil && Flag("\\*").system == .newKeywords)
    #expect(try Flag("\\Seen").isSystemFlag && !Flag("[Draft").isSystemFlag)
    for text in [
      "", "\\", "a b", "a(", "\\\\a", "a\\b", "a\r", "\u{e9}", "{", "*", "\\**", "a]",
      String(repeating: "a", count: 1_001)
    ] {
      #expect((try? Flag(text)) == nil, "\(text)")
    }
  }

  @Test func sets() throws {
    var set = FlagSet([.seen, try Flag("NonJunk"), .seen, try Flag("nonjunk"), .forwarded])
    let nonJunk = try Flag("NONJUNK")
    #expect(set.description == "(\\Seen NonJunk $Forwarded)" && set.keywordCount == 2 && set.contains(nonJunk))
    set.remove(try Flag("nonJunk"))
    set.remove(.seen)
    #expect(set.description == "($Forwarded)" && set.keywords == [.forwarded] && !set.contains(.seen))
    #expect(FlagSet([.answered, .draft]).description == "(\\Answered \\Draft)" && FlagSet().isEmpty)
    #expect(FlagSet([.answered, .flagged, .deleted, .seen, .draft, .recent]).system.rawValue == 63)
  }
}
