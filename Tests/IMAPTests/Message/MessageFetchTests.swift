import IMAP
@_spi(MailCodec) import IMAPCodec
import MailMessage
@_spi(MailCodec) import MailWire
import Testing

@Suite struct MessageFetchTests {
  static let mixed = """
    Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r
    From: "Smith, Susan" <susan@website.test>\r
    Subject: a =?utf-8?q?b?=\r
     c\r
    To: Friends: robert@x.test, "a b"@y.test;, carol\r
    Cc: <@r.test,@s.test:dora@z.test> (Dora)\r
    Message-ID: <1@x>\r
    Content-Type: multipart/mixed; boundary="b"\r
    Content-Language: en, de\r
    \r
    --b\r
    \r
    one\r
    --b\r
    Content-Type: TEXT/html; charset=UTF-8; name*0*=utf-8''%c3%a4; name*1=b\r
    Content-Transfer-Encoding: quoted-printable\r
    Content-Disposition: attachment; filename="a\\"b.txt"\r
    Content-ID: <2@x>\r
    \r
    t=3Dwo\r
    \r
    --b\r
    Content-Type: message/rfc822\r
    \r
    Subject: inner\r
    From: a@b\r
    \r
    body\r
    --b\r
    Content-Type: application/x; a=b\r
    Content-Transfer-Encoding: base64\r
    \r
    aGVs\r
    bG8=\r
    --b--\r

    """

  private static func text(_ body: (inout OutboundBuffer) throws -> Void) rethrows -> String {
    var output = OutboundBuffer()
    try body(&output)
    return String(decoding: output.bytes.copied(), as: UTF8.self)
  }

  @Test func envelope() throws {
    let bytes = [UInt8](Self.mixed.utf8)
    let message = Message(bytes.span)
    let envelope = try message.envelope(in: bytes.span)
    let text = Self.text { envelope.write(to: &$0) }
    let from = #"(("Smith, Susan" NIL "susan" "website.test"))"#
    #expect(
      text == #"("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "a =?utf-8?q?b?= c" "# + from + " " + from + " " + from
        + #" ((NIL NIL "Friends" NIL)(NIL NIL "robert" "x.test")(NIL NIL "a b" "y.test")(NIL NIL NIL NIL)"#
        + #"(NIL NIL "carol" "MISSING_DOMAIN"))"#
        + #" (("Dora" "@r.test,@s.test" "dora" "z.test")) NIL NIL "<1@x>")"#)
    let none = try Message([UInt8]().span).envelope(in: [UInt8]().span)
    #expect(Self.text { none.write(to: &$0) } == "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)")
  }

  @Test func bodyStructures() throws {
    let inner =
      #"("message" "rfc822" NIL NIL NIL "7bit" 33 (NIL "inner" ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) "#
      + #"((NIL NIL "a" "b")) NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 4 0"#
    let table: [(String, Bool, String)] = [
      ("", false, #"("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0)"#),
      (
        "Content-Type: multipart/x; boundary=b\n\nx", false,
        ##"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0) "x")"##
      ),
      ("Content-Type: multipart/x\n\nx", false, #"("application" "octet-stream" NIL NIL NIL "7bit" 1)"#),
      (
        "Content-Type: image/png\nContent-MD5: x\nContent-Transfer-Encoding: x-y (c)\nContent-Location: a\n\nx\0", true,
        #"("image" "png" NIL NIL NIL "x-y" 2 "x" NIL NIL "a")"#
      ),
      (
        Self.mixed, true,
        #"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 3 0 NIL NIL NIL NIL)"#
          + #"("text" "html" ("charset" "UTF-8" "name*0*" "utf-8''%c3%a4" "name*1" "b") "<2@x>" NIL "quoted-printable" 8 1"#
          + #" NIL ("attachment" ("filename" "a\"b.txt")) NIL NIL)"#
          + inner + #" NIL NIL NIL NIL) 3 NIL NIL NIL NIL)("application" "x" ("a" "b") NIL NIL "base64" 10"#
          + #" NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL ("en" "de") NIL)"#
      )
    ]
    for (source, isExtended, expected) in table {
      let bytes = [UInt8](source.utf8)
      let structure = try Message(bytes.span).bodyStructure(in: bytes.span)
      let text = Self.text { structure.write(to: &$0, isExtended: isExtended) }
      #expect(text == expected)
    }
  }

  @Test func sections() throws {
    let bytes = [UInt8](Self.mixed.utf8)
    let message = Message(bytes.span)
    let table: [([UInt32], SectionSpecifier.Content, String?)] = [
      ([], .all, Self.mixed), ([1], .all, "one"), ([2], .all, "t=3Dwo\r\n"), ([1], .mimeHeader, "\r\n"),
      ([3], .all, "Subject: inner\r\nFrom: a@b\r\n\r\nbody"), ([3], .header, "Subject: inner\r\nFrom: a@b\r\n\r\n"),
      ([3], .text, "body"), ([3, 1], .all, "body"), ([3, 1], .mimeHeader, "Subject: inner\r\nFrom: a@b\r\n\r\n"),
      ([3, 2], .all, nil), ([5], .all, nil), ([1, 1], .all, nil), ([1], .header, nil),
      ([3], .headerFields(try HeaderFieldNames(["FROM", "x"])), "From: a@b\r\n\r\n"),
      ([3], .headerFieldsExcept(try HeaderFieldNames(["FROM", "x"])), "Subject: inner\r\n\r\n"),
      ([], .headerFields(try HeaderFieldNames(["nothing"])), "\r\n"),
      (
        [], .headerFieldsExcept(try HeaderFieldNames(["date", "from", "to", "content-type", "content-language"])),
        "Subject: a =?utf-8?q?b?=\r\n c\r\nCc: <@r.test,@s.test:dora@z.test> (Dora)\r\nMessage-ID: <1@x>\r\n\r\n"
      )
    ]
    for (path, content, expected) in table {
      let specifier = try SectionSpecifier(SectionPath(path), content)
      let section = message.section(specifier, in: bytes.span)
      let found = section.map { String(decoding: $0.content(in: bytes.span), as: UTF8.self) }
      #expect(found == expected && section?.octets == expected?.utf8.count, "\(specifier)")
      guard let section, let expected, expected.utf8.count < 100 else { continue }
      for offset in 0...(expected.utf8.count + 1) {
        let partial = try PartialRange(offset: UInt64(offset), count: 5)
        let part = section.part(partial)
        let octets = Array(Array(expected.utf8).dropFirst(offset).prefix(5))
        #expect(part.content(in: bytes.span) == octets && part.octets == octets.count)
      }
    }
    // A header that just stops gets its end.
    let short = [UInt8]("A: b\r\nC: d\r\n".utf8)
    let names = try SectionSpecifier(SectionPath(), .headerFields(HeaderFieldNames(["c"])))
    let section = Message(short.span).section(names, in: short.span)
    #expect(section?.content(in: short.span) == [UInt8]("C: d\r\n\r\n".utf8) && section?.octets == 8)
    #expect(try section?.part(PartialRange(offset: 7, count: 9)).content(in: short.span) == [10])
  }

  @Test func binary() throws {
    let bytes = [UInt8](Self.mixed.utf8)
    let message = Message(bytes.span)
    for (path, expected) in [([2], "t=wo\r\n"), ([4], "hello"), ([1], "one")] as [([UInt32], String)] {
      let section = message.binarySection(try SectionPath(path))
      #expect(
        section?.content(in: bytes.span) == [UInt8](expected.utf8)
          && section?.size(in: bytes.span) == expected.utf8.count)
      let part = try section?.content(PartialRange(offset: 1, count: 2), in: bytes.span)
      #expect(part == [UInt8](expected.utf8.dropFirst().prefix(2)))
    }
    #expect(message.binarySection(try SectionPath([9])) == nil)
    let unknown = [UInt8]("Content-Transfer-Encoding: x-y\n\nabc".utf8)
    let section = Message(unknown.span).binarySection(try SectionPath([1]))
    #expect(section?.encoding == .unknown && section?.size(in: unknown.span) == nil)
  }

  /// Ten thousand parts and a thousand levels make values of their size, without recursion and in linear time.
  @Test func hostileMessages() throws {
    let unlimited = MessageLimits(parts: 1 << 20, nesting: 1 << 20)
    let table: [(String, String, Int, MessageLimits)] = [
      ("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", 5_000, MessageLimits()),
      ("", "Content-Type: message/rfc822\nFrom: a@b\n\n", 500, unlimited),
      ("From: ", "a@b, ", 5_000, MessageLimits()), ("To: ", "a:", 5_000, MessageLimits()),
      ("Content-Type: a/b", ";a=\"\\\"\"", 5_000, MessageLimits()), ("Content-Language: ", "a,", 5_000, MessageLimits())
    ]
    for (start, piece, count, limits) in table {
      let isLinear = isLinear(count) { count in
        let bytes = [UInt8]((start + String(repeating: piece, count: count)).utf8)
        let message = Message(bytes.span, limits: limits)
        return {
          let envelope = try? message.envelope(in: bytes.span)
          let structure = try? message.bodyStructure(in: bytes.span)
          if envelope == nil || structure == nil { Issue.record("\(piece)") }
        }
      }
      #expect(isLinear, "\(piece)")
    }
  }

  /// Whatever the octets are, values can be made of them, and sections lie inside of the message.
  @Test func anyOctetsAreAMessage() throws {
    let pieces = [
      "\0", "\r", "\n", "\r\n", "\"", "\\", "{3}\r\n", "(", ")", "NIL", "From:", "To: ", "Subject: ", "Content-Type: ",
      "multipart/x",
      "message/rfc822", ";", "boundary=b", "--b", "--b--", "a@b", "<", ">", ",", ":", "ü", " ", "text/",
      "Content-Disposition: ", "=",
      "Content-Transfer-Encoding: ", "base64", "=?utf-8?Q?", "?=", "((", "\u{7f}"
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += "\n" }
      }
      let bytes = [UInt8](text.utf8)
      let message = Message(bytes.span)
      do {
        _ = try message.envelope(in: bytes.span)
        _ = try message.bodyStructure(in: bytes.span)
        _ = message.preview(in: bytes.span)
        _ = MessageKeys(message, in: bytes.span)
        let names = try HeaderFieldNames(["From", "x"])
        for path in [[], [1], [2], [1, 1], [2, 1]] as [[UInt32]] {
          for content in [.all, .header, .text, .headerFields(names), .headerFieldsExcept(names)]
            as [SectionSpecifier.Content]
          {
            let section = message.section(try SectionSpecifier(SectionPath(path), content), in: bytes.span)
            let isInside = section?.ranges.allSatisfy { $0.upperBound <= bytes.count } ?? true
            if !isInside || section?.content(in: bytes.span).count != section?.octets {
              Issue.record("\(text.debugDescription)")
            }
          }
          let binary = message.binarySection(try SectionPath(path))
          if binary?.content(in: bytes.span)?.count != binary?.size(in: bytes.span) {
            Issue.record("\(text.debugDescription)")
          }
        }
      } catch {
        Issue.record("\(error): \(text.debugDescription)")
      }
    }
  }
}
