import IMAPCodec
import Testing

@testable import PostOffice

@Test func namesOfMailboxesStandOnTheDiskAndComeBack() throws {
  let table: [(text: String, wire: String, disk: String)] = [
    ("inbox", "INBOX", ""), ("INBOX/", "INBOX", ""), ("Sent", "Sent", ".Sent"), ("a/b/c", "a/b/c", ".a.b.c"),
    ("iNbOx/sub", "INBOX/sub", ".INBOX.sub"), ("v1.2", "v1.2", ".v1&AC4-2"), ("Inbox2", "Inbox2", ".Inbox2"),
    ("Entw\u{FC}rfe", "Entw&APw-rfe", ".Entw&APw-rfe"), ("R&D", "R&-D", ".R&-D"), ("a b", "a b", ".a b"),
    ("..", "..", ".&AC4-&AC4-"), ("../../etc", "../../etc", ".&AC4-&AC4-.&AC4-&AC4-.etc"),
    ("./new", "./new", ".&AC4-.new"), ("~root", "~root", ".~root"), (".hidden", ".hidden", ".&AC4-hidden"),
    ("&AC4-", "&-AC4-", ".&-AC4-"), ("\u{65E5}.\u{672C}", "&ZeU-.&Zyw-", ".&ZeU-&AC4-&Zyw-"),
    ("a\\b", "a\\b", ".a\\b"), ("cur", "cur", ".cur"), ("*%", "*%", ".*%")
  ]
  for (text, wire, disk) in table {
    let name = try #require(FolderName(text: text), "\(text)")
    #expect(name.wire == wire && name.diskName == disk, "\(text)")
    #expect(FolderName(name.mailboxName) == name, "\(text)")
    #expect(FolderName(disk: disk) == (name.isInbox ? nil : name), "\(text)")
    #expect(!disk.contains("/") && !disk.hasPrefix(".."), "\(text)")
  }
}

@Test func hostileNamesAreRefused() throws {
  let texts = [
    "", "/", "//", "a//b", "/a", "a/\u{0}", "a\u{1}b", "a\nb", "\u{7F}", "a\u{85}b", String(repeating: "x", count: 240),
    Array(repeating: "..", count: 40).joined(separator: "/"), String(repeating: "\u{FC}", count: 200)
  ]
  for text in texts { #expect(FolderName(text: text) == nil, "\(text)") }
  // Octets: not modified UTF-7, not canonical, 8-bit, a dot, a slash or a NUL as base64.
  for wire: [UInt8] in [
    [0x26], [0xFF, 0xFE], [0xC3, 0xBC], Array("a&AC4-b".utf8), Array("&AC8-".utf8), Array("&AAA-".utf8),
    Array("&APw-&APw-".utf8), Array("a\rb".utf8)
  ] { #expect(FolderName(try MailboxName(wire.span)) == nil, "\(wire)") }
  let german = try #require(FolderName(try MailboxName([0xC3, 0xBC].span), .utf8))
  #expect(german.wire == "&APw-" && german.diskName == ".&APw-")
  #expect(FolderName(try MailboxName([0xC3].span), .utf8) == nil)
  for disk in ["", ".", "..", "..a", ".a..b", ".a.", "a", ".INBOX", ".inbox", "..postoffice-1", ".&AC8-", ".a&"] {
    #expect(FolderName(disk: disk) == nil, "\(disk)")
  }
}

@Test func namesHaveParentsAndMoveWithThem() throws {
  let name = try #require(FolderName(text: "a/b/c"))
  #expect(name.parents.map(\.wire) == ["a", "a/b"] && FolderName.inbox.parents.isEmpty)
  let (old, new) = (try #require(FolderName(text: "a")), try #require(FolderName(text: "x/y")))
  #expect(name.isBelow(old) && !old.isBelow(old) && !(FolderName(text: "ab")?.isBelow(old) ?? true))
  #expect(name.replacing(old, by: new)?.wire == "x/y/b/c")
  let long = try #require(FolderName(text: String(repeating: "l", count: 236)))
  #expect(name.replacing(old, by: long) == nil)
}

@Test func flagsAreLettersOfNames() throws {
  let table: [(file: String, flags: SystemFlags, keywords: UInt64, name: String)] = [
    ("1.a.h", [], 0, "1.a.h:2,"), ("1.a.h:2,", [.seen], 0, "1.a.h:2,S"),
    ("1.a.h,S=3,W=4:2,FS", [.flagged, .deleted, .answered, .draft], 5, "1.a.h,S=3,W=4:2,DFRTac"),
    ("1.a.h:2,PSXz", [.seen], 1 << 25 | 1 << 26, "1.a.h:2,PSXz"), ("1.a.h:1,x", [.seen], 0, "1.a.h:2,S")
  ]
  for (file, flags, keywords, name) in table {
    #expect(MaildirFlags.name(file, with: flags, keywords) == name, "\(file)")
    let parsed = MaildirFlags.parse(name)
    #expect(parsed.flags == flags && parsed.keywords == keywords & MaildirFlags.letteredMask, "\(file)")
  }
  #expect(MaildirFlags.unique(of: "1.a.h,S=3:2,S") == "1.a.h" && MaildirFlags.number("W", in: "1.a.h,S=3,W=4:2,") == 4)
  #expect(MaildirFlags.number("W", in: "1.a.h,S=3:2,W=4") == nil && MaildirFlags.number("S", in: "a,S=x") == nil)
}
