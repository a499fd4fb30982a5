import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct MailboxNameTests {
  static func name(_ wire: String) throws -> MailboxName {
    let bytes = [UInt8](wire.utf8)
    return try MailboxName(bytes.span)
  }

  /// Wire forms and the texts they stand for, both ways; RFC 3501 §5.1.3 and others.
  @Test func modifiedUTF7() throws {
    let table = [
      ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"), ("Entw&APw-rfe", "Entwürfe"), ("&-", "&"),
      ("a&-b&-", "a&b&"), ("&AOkA6A-", "éè"), ("&2D3eAA-", "😀"), ("Sent Items", "Sent Items"), ("", ""),
      ("&AAk-", "\t"), ("&Jjo-!", "☺!"), ("&AOk-&-&AOk-", "é&é"), ("tab&AAkACg-", "tab\t\n")
    ]
    for (wire, text) in table {
      #expect(try Self.name(wire).text() == text, "\(wire)")
      #expect(try MailboxName(text) == Self.name(wire), "\(text)")
      #expect(try Self.name(wire).isValid(), "\(wire)")
    }
  }

  /// Names that are no modified UTF-7, or not the only form of their text, survive.
  @Test func invalidNames() throws {
    let table = [
      "&", "&&", "a&b", "&Jjo", "&Jjo!", "&AGE-", "&U,BTFw-&ZeVnLIqe-", "&AOl-", "&AO-", "&2D0-", "&3gDYPQ-",
      "caf\u{e9}",
      "\t", "\u{7f}", "&AAA-", "&94A-", "&AOk=-", "&A-", "&AA-", "&AOkA-", "&,-"
    ]
    for wire in table {
      let name = try Self.name(wire)
      #expect(!name.isValid(), "\(wire)")
      #expect(try MailboxName(name.text()) == name, "\(wire)")
    }
  }

  @Test func roundTrips() throws {
    var random = SplitMix64(seed: 3)
    for round in 0..<20_000 {
      let alphabet = [UInt8]("&-AOkU,BTFw+/a ".utf8) + [0xC3, 0xA9, 0xEF, 0x9C, 0x80, 1, 127]
      let bytes = (0..<random.below(14)).map { _ in alphabet[random.below(alphabet.count)] }
      let name = try MailboxName(bytes.span)
      for form in [MailboxNameForm.modifiedUTF7, .utf8] where try MailboxName(name.text(form), form) != name {
        Issue.record("round \(round): \(bytes) \(form)")
        return
      }
      let scalars = (0..<random.below(9)).compactMap { _ in
        Unicode.Scalar(UInt32(1 + random.below(random.below(2) == 0 ? 300 : 70_000)))
      }
      let text = String(String.UnicodeScalarView(scalars.filter { !(0xF700...0xF7FF ~= $0.value) }))
      for form in [MailboxNameForm.modifiedUTF7, .utf8] {
        guard Array(try MailboxName(text, form).text(form).unicodeScalars) == Array(text.unicodeScalars) else {
          Issue.record("round \(round): \(text) \(form)")
          return
        }
      }
    }
  }

  @Test func names() throws {
    #expect(
      try Self.name("iNbOx") == .inbox && Self.name("inbox").description == "INBOX"
        && Self.name("inbox/a").description == "inbox/a")
    #expect(throws: SyntaxError(.unexpectedByte, at: 1)) { try Self.name("a\u{0}") }
    #expect(throws: SyntaxError(.unexpectedByte, at: 1)) { try MailboxName("a\u{0}", .utf8) }
    #expect(try Self.name("a/b//c").levels(delimiter: 47).count == 4)
    #expect(try Self.name("a").child(Self.name("b"), delimiter: 47) == Self.name("a/b"))
    #expect(throws: SyntaxError(.unexpectedByte, at: 1)) { try Self.name("a").child(Self.name("b/c"), delimiter: 47) }
  }

  /// Pattern, name, and whether it matches with `/` and without a delimiter.
  @Test func patterns() throws {
    let table: [(String, String, Bool, Bool)] = [
      ("*", "", true, true), ("*", "a/b", true, true), ("%", "a", true, true), ("%", "a/b", false, true),
      ("%", "", true, true),
      ("a/%", "a/b", true, true), ("a/%", "a/b/c", false, true), ("a/%", "a/", true, true),
      ("a/*", "a/b/c", true, true),
      ("%/%", "a/b", true, true), ("%/b", "a/b", true, true), ("%b", "a/b", false, true), ("*b", "a/b", true, true),
      ("inbox", "INBOX", true, true), ("InB%", "INBOX", true, true), ("inbox", "inbox/a", false, false),
      ("INBOX*", "INBOX/a", true, true),
      ("a", "A", false, false), ("", "", true, true), ("", "a", false, false), ("a*b%c", "a/x/bc", true, true),
      ("a*b%c", "a/b/c", false, true), ("%*%", "a/b/c", true, true), ("%%", "a/b", false, true),
      ("*a*a*a*b", "aaaaaaaaaa", false, false)
    ]
    for (pattern, name, withDelimiter, without) in table {
      let parsed = try MailboxPattern(pattern)
      #expect(try parsed.matches(Self.name(name), delimiter: 47) == withDelimiter, "\(pattern) \(name)")
      #expect(try parsed.matches(Self.name(name), delimiter: nil) == without, "\(pattern) \(name)")
    }
  }

  /// The bit sets agree with a search that goes back and forth, across word boundaries too.
  @Test func patternsAgreeWithBacktracking() throws {
    var random = SplitMix64(seed: 4)
    for round in 0..<6_000 {
      let scale = round % 20 == 0 ? 150 : 9
      let letters = [UInt8]("ab/a/".utf8)
      let pattern = (0..<random.below(scale)).map { _ in
        random.below(4) == 0 ? [UInt8(42), 37][random.below(2)] : letters[random.below(4)]
      }
      let name =
        round % 3 == 0
        ? pattern.map { $0 == 42 || $0 == 37 ? 97 : $0 } : (0..<random.below(9)).map { _ in letters[random.below(4)] }
      let found = try MailboxPattern(pattern.span).matches(MailboxName(name.span), delimiter: 47)
      if scale == 9,
        found != reference(pattern[...], name[...]) || scale == 150 && round % 3 == 0 && !found && !pattern.contains(37)
      {
        Issue.record("round \(round): \(pattern) \(name)")
        return
      }
    }
    // Sixty thousand octets against a pattern of a thousand wildcards.
    let hostile = try MailboxPattern(String(repeating: "*a", count: 1_000) + "b")
    #expect(try !hostile.matches(MailboxName(String(repeating: "a", count: 6_000)), delimiter: 47))
  }

  private func reference(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == 42 || first == 37 {
      if reference(pattern.dropFirst(), name) { return true }
      guard let next = name.first, first == 42 || next != 47 else { return false }
      return reference(pattern, name.dropFirst())
    }
    return name.first == first && reference(pattern.dropFirst(), name.dropFirst())
  }
}
