import IMAP
import MailMessage
import Testing

@Suite struct MessageKeysTests {
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func baseSubjects() {
    let table: [(String, String, Bool)] = [
      ("lunch", "lunch", false), ("Re: lunch", "lunch", true), ("RE:lunch", "lunch", true),
      ("fwd : lunch", "lunch", true),
      ("Fw[4]: lunch", "lunch", true), ("Re: [list] Re: lunch (fwd)  (FWD)", "lunch", true),
      ("[list] lunch", "lunch", false), ("[list][a] [b]lunch", "lunch", false), ("[list]", "[list]", false),
      ("[a][b]", "[b]", false), ("[a] re: [b]", "[b]", true), ("[fwd: lunch]", "lunch", true),
      ("Re: [fwd: [fwd: Re: lunch]]", "lunch", true), ("[fwd: lunch] x", "x", false), ("", "", false),
      ("Re:", "", true), ("(fwd)", "", true), ("regarding: lunch", "regarding: lunch", false),
      (" a\r\n\t b   c ", "a b c", false), ("=?utf-8?Q?Re=3A_l=C3=BCnch?=", "lünch", true),
      ("[a[b] lunch", "[a[b] lunch", false),
      ("re [a]: re [b][c]: x", "re [b][c]: x", true), ("[Fwd:]", "", true)
    ]
    for (subject, base, isReply) in table {
      let bytes = [UInt8](subject.utf8)
      let found = BaseSubject(bytes.span)
      #expect(Self.text(found.text) == base && found.isReply == isReply, "\(subject): \(found.isReply)")
    }
  }

  @Test func hostileSubjectsAreLinear() {
    for piece in ["[a]", "re:", "re[a", "[fwd:", " (fwd)", "=?", "[", "=?a?Q?", "\r\n "] {
      let isLinear = isLinear(20_000) { count in
        let bytes = [UInt8](String(repeating: piece, count: count).utf8)
        return { _ = BaseSubject(bytes.span) }
      }
      #expect(isLinear, "\(piece)")
    }
  }

  @Test func keys() {
    let header = """
      Date: Tue, 1 Apr 97 10:00 EST
      From: =?iso-8859-1?Q?J=F6rg?= <jorg@x.test>, b@y
      To: undisclosed: ;
      Cc: c@z (Carol)
      Subject: Re: hi
      Message-ID: <"01K"@x.test>
      References: <a@b> junk <"c d"@e>
       <broken <f@g>
      In-Reply-To: <z@z>

      """
    let bytes = [UInt8](header.utf8)
    let keys = MessageKeys(Message(bytes.span), in: bytes.span)
    #expect(keys.date?.secondsSince1970 == 859_906_800)
    let texts = [keys.from, keys.displayFrom, keys.to, keys.displayTo, keys.cc, keys.messageID ?? [], keys.subject.text]
    #expect(texts.map(Self.text) == ["jorg", "Jörg", "undisclosed", "undisclosed", "c", "01K@x.test", "hi"])
    #expect(keys.references.map(Self.text) == ["a@b", "cd@e", "f@g"])
    let reply = [UInt8]("In-Reply-To: Your message of Monday <x@y> <z@z>\nFrom: b@y\n".utf8)
    let other = MessageKeys(header: reply.span)
    #expect(other.references.map(Self.text) == ["x@y"] && Self.text(other.displayFrom) == "b@y" && other.date == nil)
    let many = [UInt8](("References:" + String(repeating: " <a@b>", count: 5000) + " <last@b>\n").utf8)
    let references = MessageKeys(header: many.span).references
    #expect(references.count == 1000 && references.last.map(Self.text) == "last@b")
  }

  @Test func previews() {
    let long = String(repeating: "ä", count: 300)
    let table: [(String, String)] = [
      ("\n  Hello,\r\n\r\n\tworld  \r\n", "Hello, world"), ("\n\(long)", String(repeating: "ä", count: 200)),
      ("\n" + String(repeating: "x", count: 199) + " y", String(repeating: "x", count: 199)), ("A: b\n", ""),
      ("Content-Type: image/png\n\nx", ""),
      ("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n=E4=\n=F6", "äö"),
      ("Content-Type: text/plain; charset=x-unknown\n\nx", ""),
      (
        "Content-Type: text/html\n\n<html><style>a>b</style><!-- x > y --><p>a&amp;b<br>&nbsp;c &x <script>z",
        "a&b c &x"
      ),
      (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<b>h</b>\n"
          + "--b\nContent-Disposition: attachment\n\nno\n--b\n\nplain\n--b--\n", "plain"
      )
    ]
    for (source, expected) in table {
      let bytes = [UInt8](source.utf8)
      #expect(Self.text(Message(bytes.span).preview(in: bytes.span)) == expected)
    }
  }
}
