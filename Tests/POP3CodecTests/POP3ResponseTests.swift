import MailTestKit
import MailWire
import POP3Codec
import Testing

private func octets(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

@Suite struct POP3ResponseTests {
  @Test func lines() throws {
    // The line, its status, code and text.
    let table: [(line: String, status: POP3Status, code: String?, text: String)] = [
      ("+OK", .ok, nil, ""), ("+OK 2 320", .ok, nil, "2 320"), ("-ERR", .error, nil, ""),
      (
        "-ERR [IN-USE] Do you have another POP session running?", .error, "IN-USE",
        "Do you have another POP session running?"
      ),
      ("-ERR [SYS/TEMP] later", .error, "SYS/TEMP", "later"), ("-ERR [sys/temp/disk]", .error, "sys/temp/disk", ""),
      ("+OK [x]y", .ok, "x", "y"), ("+OK  two", .ok, nil, " two"), ("+OK [] x", .ok, nil, "[] x"),
      ("+OK [A//B] x", .ok, nil, "[A//B] x"), ("+OK [A B] x", .ok, nil, "[A B] x"),
      ("-ERR [AUTH", .error, nil, "[AUTH"),
      ("+ ", .continuation, nil, ""), ("+ PDE+", .continuation, nil, "PDE+"), ("+ [A] b", .continuation, nil, "[A] b")
    ]
    for (line, status, code, text) in table {
      let response = try POP3Response(octets(line).span)
      #expect(
        response.status == status && response.code?.description == code && response.text == octets(text), "\(line)")
      let written = response.encoded
      #expect(response.encodedCount == written.count, "\(line)")
      #expect(try POP3Response(written.span.extracting(first: written.count - 2)) == response, "\(line)")
    }
    for line in ["", "OK", "+", "*OK", "+OKAY", "+ok", "-Err x", "+OK\tx", "220 ready", "-ERRx", "- ERR", "* BYE"] {
      #expect((try? POP3Response(octets(line).span)) == nil, "\(line)")
    }
    for (line, quirk) in [("+Ok x", POP3Quirks.statusCase), ("-err x", .statusCase), ("+", .bareContinuation)] {
      var used = POP3Quirks.none
      let bytes = octets(line)
      _ = try POP3ResponseView.parse(bytes.span, quirks: .lenient, used: &used)
      #expect(used == quirk, "\(line)")
    }
  }

  @Test func codesAreCompared() throws {
    let code = try POP3ResponseCode("sys/temp/disk")
    #expect(code.isWithin(.systemTemporary) && code.isWithin(.system) && !code.isWithin(.systemPermanent))
    #expect(try POP3ResponseCode("in-use") == .inUse && POP3ResponseCode("SYSTEM").isWithin(.system) == false)
    for text in ["", "A]", "[", "A B", "/A", "A/", "A//B"] { #expect((try? POP3ResponseCode(text)) == nil, "\(text)") }
  }

  @Test func textCannotInject() {
    #expect(POP3Response(.error, nil, "a\r\n+OK\u{0}").encoded == octets("-ERR a  +OK \r\n"))
    #expect(POP3Response(.ok, nil, "[AUTH] x").encoded == octets("+OK (AUTH] x\r\n"))
    #expect(POP3Response(.continuation, .inUse, "x").encoded == octets("+ x\r\n"))
    let stray = try? POP3Response(octets("+OK a\rb\nc\u{0}d").span)
    #expect(stray?.encoded == octets("+OK a b c d\r\n"))
    #expect(POP3Response(.ok, nil, "\u{1B}[2J é").description == "+OK  [2J \\xC3\\xA9")
  }

  @Test func listings() throws {
    var used = POP3Quirks.none
    #expect(try DropListing(parsing: octets("2 320").span, used: &used) == DropListing(count: 2, octets: 320))
    #expect(try DropListing(parsing: octets("0 0 extra").span, used: &used) == DropListing(count: 0, octets: 0))
    #expect(try ScanListing(parsing: octets("1 120").span, used: &used) == ScanListing(MessageNumber(1), octets: 120))
    let long = octets("7 18446744073709551615 Subject")
    #expect(try ScanListing(parsing: long.span, used: &used).octets == UInt64.max)
    let uidl = octets("1 whqtswO00WBw418f9t5JxYwZ")
    #expect(try UniqueIDListing(UniqueIDListingView.parse(uidl.span, used: &used)).uniqueID.bytes == Array(uidl[2...]))
    #expect(used == .none)

    for text in [
      "", "1", "1 ", "0 1", "a 1", "1 a", "1  120", "1\t120", "-1 2", "1 18446744073709551616", "01 2", "1 120x"
    ] {
      #expect((try? ScanListing(parsing: octets(text).span, used: &used)) == nil, "\(text)")
    }
    let tooLong = String(repeating: "x", count: 71)
    for text in ["1", "1 ", "0 a", "1 a b", "1  a", "1 a ", "1 é", "1 \(tooLong)"] {
      #expect((try? UniqueIDListing(UniqueIDListingView.parse(octets(text).span, used: &used))) == nil, "\(text)")
    }
    #expect(used == .none)
    #expect(try ScanListing(parsing: octets("1   120").span, quirks: .client, used: &used).octets == 120)
    #expect(used == .severalSpaces)
    #expect((try? UniqueID(String(repeating: "x", count: 70))) != nil)
    for text in ["", "a b", "a\r", tooLong, "ü"] { #expect((try? UniqueID(text)) == nil, "\(text)") }
  }

  @Test func capabilities() throws {
    var used = POP3Quirks.none
    var capabilities = POP3Capabilities()
    for line in ["TOP", "sasl PLAIN CRAM-MD5", "LOGIN-DELAY 900 USER", "EXPIRE NEVER", "X-Own a", "UTF8 USER"] {
      let bytes = octets(line)
      let capability = try POP3Capability(parsing: bytes.span, used: &used)
      #expect(capability.description == line)
      capabilities.append(capability)
    }
    #expect(capabilities.contains(.top) && !capabilities.contains(.uniqueIDs) && capabilities.all.count == 6)
    #expect(capabilities.mechanisms.map(\.description) == ["PLAIN", "CRAM-MD5"])
    #expect(
      capabilities.loginDelaySeconds == 900 && capabilities.expiryDays == nil && capabilities.acceptsUTF8Credentials)
    #expect(used == .none)
    for line in ["", " TOP", "A.B", "SASL  PLAIN", "SASL PLAIN ", "SASL \u{0}", "TOP\u{1}"] {
      let bytes = octets(line)
      #expect((try? POP3Capability(parsing: bytes.span, used: &used)) == nil, "\(line)")
    }
    for parameters in [" a", "a ", "a  b", "a\r\nDELE 1", "é"] {
      #expect((try? POP3Capability(.sasl, parameters)) == nil, "\(parameters)")
    }
  }

  @Test func timestamps() throws {
    let table: [(text: String, found: String?)] = [
      ("POP3 server ready <1896.697170952@dbc.mtview.ca.us>", "<1896.697170952@dbc.mtview.ca.us>"),
      (
        "Dovecot ready. <56c2.39.6b04856e.PN+X+Tsk7n9Y8dgODDcBCQ==@vm> hi",
        "<56c2.39.6b04856e.PN+X+Tsk7n9Y8dgODDcBCQ==@vm>"
      ),
      ("<no> <a@b>", "<a@b>"), ("<<a@b>", "<a@b>"), ("<a@[127.0.0.1]>", "<a@[127.0.0.1]>"), ("none", nil),
      ("<a@b", nil),
      ("<@b>", nil), ("<a@>", nil), ("<a@b@c>", nil), ("<a..b@c>", nil), ("<a b@c>", nil), ("<a@b\u{0}>", nil),
      ("<é@b>", nil),
      ("<a@[b]c>", nil), ("<" + String(repeating: "a", count: 300) + "@b>", nil)
    ]
    for (text, found) in table {
      #expect(APOPTimestamp(inGreeting: octets(text).span)?.description == found, "\(text)")
    }
    #expect((try? APOPTimestamp("<a@b>x")) == nil && (try? APOPTimestamp(" <a@b>")) == nil)
    // Many openings cost no more than their octets.
    let flood = [UInt8](repeating: 60, count: 100_000)
    #expect(APOPTimestamp(inGreeting: flood.span) == nil)
  }
}
