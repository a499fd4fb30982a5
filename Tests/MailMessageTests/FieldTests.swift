import MailMessage
import Testing

@Suite struct FieldTests {
  private static func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-" }

  private static func text(_ address: MessageAddress) -> String {
    [address.name, address.route, address.localPart, address.domain].map { text($0) }.joined(separator: "|")
  }

  @Test func addresses() {
    let table: [(String, [String])] = [
      ("", []), (" ,, \r\n", []), ("a@b", ["-|-|a|b"]), ("<a@b>", ["-|-|a|b"]),
      ("A B <a@b>, c@d", ["A B|-|a|b", "-|-|c|d"]),
      ("\"B, A\" <a@b>", ["B, A|-|a|b"]), ("\"a\\\"b\"\"c\"  d <x@y>", ["a\"bc d|-|x|y"]),
      ("a@b (Ann (x) B)", ["Ann (x) B|-|a|b"]),
      ("(c) a (d) . b @ (e) x . y", ["e|-|a.b|x.y"]), ("J. Q. Public <j@q>", ["J. Q. Public|-|j|q"]),
      ("\"a b\"@c", ["-|-|a b|c"]), ("\"a@b\"@c", ["-|-|a@b|c"]), ("a@[192.0.2.1]", ["-|-|a|[192.0.2.1]"]),
      ("<@a,@b:c@d>", ["-|@a,@b|c|d"]), ("x <,@a , , @b :c@d>", ["x|@a,@b|c|d"]),
      ("G: a@b, C <c@d>; e@f", ["G:", "-|-|a|b", "C|-|c|d", ";", "-|-|e|f"]), ("G:;", ["G:", ";"]),
      ("G: a@b", ["G:", "-|-|a|b", ";"]),
      ("carol", ["-|-|carol|-"]), ("carol (C)", ["C|-|carol|-"]), ("<carol>", ["-|-|carol|-"]), ("<>", ["-|-||-"]),
      ("a@b <a@b>", ["a@b|-|a|b"]), ("a@b c@d, e@f", ["-|-|a|b", "-|-|e|f"]), ("a@b; c@d", ["-|-|a|b", "-|-|c|d"]),
      ("ü@ü.test", ["-|-|ü|ü.test"]), ("=?utf-8?Q?=C3=BC?= x <a@b>", ["=?utf-8?Q?=C3=BC?= x|-|a|b"]),
      ("A\r\n B <a@b>", ["A B|-|a|b"]),
      ("\"open <a@b>", ["-|-|open <a@b>|-"]), ("(open a@b", []), ("a@", ["-|-|a|-"]), ("@b", ["-|-||b"]),
      ("<a@b", ["-|-|a|b"]),
      ("A [x] <a@b>", ["-|-|A|-", "x]|-|a|b"]), ("a@[1", ["-|-|a|[1"]), ("a b@c", ["-|-|ab|c"])
    ]
    for (value, expected) in table {
      let bytes = [UInt8](value.utf8)
      var found: [String] = []
      for entry in AddressList(bytes.span).entries {
        switch entry {
        case .address(let address): found.append(Self.text(address))
        case .group(let name, let members): found += ["\(Self.text(name)):"] + members.map { Self.text($0) } + [";"]
        }
      }
      #expect(found == expected, "\(value)")
    }
    let many = [UInt8](String(repeating: "a@b,", count: 100).utf8)
    #expect(AddressList(many.span, limit: 7).entries.count == 7)
  }

  @Test func dates() {
    let table: [(String, [Int]?)] = [
      ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)", [1996, 7, 17, 2, 23, 25, -420]),
      ("1 Jan 70 00:00 GMT", [1970, 1, 1, 0, 0, 0, 0]),
      (" Thu ,\r\n (c) 13 (d) Feb (e) 69 (f) 23 : 32 (g) : 00 (h) EST", [1969, 2, 13, 23, 32, 0, -300]),
      ("Fri 7 September 101 1:2:3 +0530", [2001, 9, 7, 1, 2, 3, 330]),
      ("21-Nov-1997 9.55.06 pst", [1997, 11, 21, 9, 55, 6, -480]),
      ("1 Jan 49 00:00:60 Z", [2049, 1, 1, 0, 0, 60, 0]), ("1 Jan 2000", [2000, 1, 1, 0, 0, 0, 0]),
      ("1 Jan 2000 24:00:00 X", [2000, 1, 1, 0, 0, 0, 0]),
      ("1 Jan 2000 10:00:00 +99", [2000, 1, 1, 10, 0, 0, 0]), ("", nil), ("Mon", nil), ("32 Jan 2000", nil),
      ("0 Jan 2000", nil),
      ("1 Foo 2000", nil), ("1 Jan", nil), ("1 Jan 20000", nil)
    ]
    for (value, expected) in table {
      let bytes = [UInt8](value.utf8)
      let date = MessageDate(bytes.span).map { [$0.year, $0.month, $0.day, $0.hour, $0.minute, $0.second, $0.zone] }
      #expect(date == expected, "\(value)")
    }
    let known = [UInt8]("Wed, 17 Jul 1996 02:23:25 -0700".utf8)
    #expect(MessageDate(known.span)?.secondsSince1970 == 837_595_405)
    for seconds in stride(from: Int64(-62_000_000_000), to: 250_000_000_000, by: 987_654_321) {
      #expect(MessageDate(secondsSince1970: seconds, zone: 90)?.secondsSince1970 == seconds)
    }
  }

  @Test func encodedWords() {
    let table: [(String, String)] = [
      ("plain = text", "plain = text"), ("=?utf-8?Q?a_=C3=BC?=", "a ü"), ("=?UTF-8?b?w7w=?= x", "ü x"),
      ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"), ("=?utf-8?Q?a?=\r\n  =?iso-8859-1?Q?=FC?= c", "aü c"),
      ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"),
      ("=?utf-8?B?w?= =?utf-8*de?Q?=C3=BC?=", "ü"), ("x=?utf-8?Q?a?=y", "xay"),
      ("=?utf-8?Q?a?= - =?utf-8?Q?b?=", "a - b"),
      ("=?iso-8859-15?Q?=A4?=", "€"), ("=?windows-1252?Q?=80=93?=", "€“"), ("=?us-ascii?Q?a?=", "a"),
      ("=?latin1?Q?=E9?=", "é"),
      ("=?koi8-r?Q?=C1?= =?koi8-r?Q?=C2?=", "=?koi8-r?Q?=C1?= =?koi8-r?Q?=C2?="), ("=?x?Q?a", "=?x?Q?a"),
      ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
      ("=?utf-8?Q?really???=", "really??"), ("=?utf-8?Q?a b?=", "a b"), ("=?utf-8?Q?a=0D=0Ab=00?=", "a  b"),
      ("=?utf-8?Q?=FF?=", "\u{FFFD}"),
      ("=?utf-8?Q??= x", " x"), ("ü", "ü"), (" a\r\n\tb ", "a\tb")
    ]
    for (value, expected) in table {
      let bytes = [UInt8](value.utf8)
      #expect(Self.text(EncodedWords.decoded(bytes.span)) == expected, "\(value)")
    }
    let raw: [UInt8] = [97, 0xFC, 98]
    #expect(Self.text(EncodedWords.decoded(raw.span)) == "a\u{FFFD}b")
    let charsets = Charsets { name, bytes in name == [UInt8]("koi8-r".utf8) ? [UInt8]("<\(bytes.count)>".utf8) : nil }
    let foreign = [UInt8]("=?KOI8-R?Q?=C1?= =?koi8-r?Q?=C2?=".utf8)
    #expect(Self.text(EncodedWords.decoded(foreign.span, charsets: charsets)) == "<2>")
  }

  @Test func repairedTextIsWhatTheStandardLibraryMakes() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<12).map { _ in
        [0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0x9F, 0xA0, 0xFF, 0x90][
          Int.random(in: 0..<13, using: &random)] as UInt8
      }
      let charset = [UInt8]("utf-8".utf8)
      let isSame =
        Charsets.builtIn.utf8(bytes.span, charset: charset.span) == [UInt8](String(decoding: bytes, as: UTF8.self).utf8)
      if !isSame { Issue.record("\(bytes)") }
    }
  }

  @Test func contentTypes() {
    let table: [(String, String, [String])] = [
      ("text/plain", "text/plain", []), (" TEXT / Html ; Charset=UTF-8", "text/html", ["Charset=UTF-8"]),
      ("a/b;c=\"d;\\\"e\";f=g (h;i=j) ; k = l", "a/b", ["c=d;\"e", "f=g", "k=l"]), ("a/b; c; d=", "a/b", ["d="]),
      ("a/b; boundary=a=b:c/d", "a/b", ["boundary=a=b:c/d"]), ("(x) a/b; n=\r\n v", "a/b", ["n=v"]),
      ("a/b x; c=d", "a/b", ["c=d"]),
      ("text", "-", []), ("", "-", []), ("/", "-", []), ("a/b; c=\"open", "a/b", ["c=open"])
    ]
    for (value, expected, parameters) in table {
      let bytes = [UInt8](value.utf8)
      let type = ContentType(bytes.span)
      #expect((type.map { "\(Self.text($0.type))/\(Self.text($0.subtype))" } ?? "-") == expected, "\(value)")
      let list = type?.parameters.list ?? []
      #expect(list.map { "\(Self.text($0.name))=\(Self.text($0.value))" } == parameters, "\(value)")
    }
  }

  @Test func decodedParameters() {
    let table: [(String, String)] = [
      ("filename=a.txt", "a.txt"), ("filename=\"=?utf-8?Q?=C3=BC?=\"", "ü"), ("filename*=utf-8''%c3%bc%20x", "ü x"),
      ("filename*=iso-8859-1'de'%fc", "ü"), ("filename*1=b; filename*0=a; filename*2=c", "abc"),
      ("filename*0*=utf-8''%c3; filename*1*=%bc; filename*2=\"%41\"", "ü%41"),
      ("filename*0=a; filename*2=c", "a"), ("filename*1=b; filename=x", "x"), ("filename=x; filename*=utf-8''y", "y"),
      ("filename*=plain", "plain"),
      ("filename*0=a; filename*0=b; filename*1=c", "ac"), ("name=x", "-"), ("filename*0*=''a%zz", "a%zz"),
      ("FILENAME*0*=x'%41; filename*1=b", "x'Ab")
    ]
    for (value, expected) in table {
      let bytes = [UInt8](("attachment; " + value).utf8)
      #expect(Self.text(ContentDisposition(bytes.span)?.parameters.decoded("filename")) == expected, "\(value)")
    }
  }

  @Test func hostileFieldsAreLinear() {
    let pieces = [
      "(", "\"", "<", "@", ",", ":", ";", "a ", "\\", "[", "a@b,", "=?a?Q?", "=?utf-8?Q?a?= ", ";a=b", ";a*0=b",
      "\r\n ", "-", "1 Jan "
    ]
    for piece in pieces {
      let isLinear = isLinear(20_000) { count in
        let bytes = [UInt8](("a/b" + String(repeating: piece, count: count)).utf8)
        return {
          _ = AddressList(bytes.span)
          _ = MessageDate(bytes.span)
          _ = EncodedWords.decoded(bytes.span)
          _ = ContentType(bytes.span)?.parameters.decoded("a")
        }
      }
      #expect(isLinear, "\(piece)")
    }
  }
}
