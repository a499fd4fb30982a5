@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// Commands, responses and a streamed body, an octet at a time.
func checkIMAPCodec(_ checks: inout Checks) {
  let commands: [StaticString] = [
    "A1 NOOP", "A2 LOGIN susan secret", "A3 UID FETCH 7:9,12:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (Date)]<0.100>)",
    "A4 SEARCH OR SEEN FROM susan", "A5 UID STORE 7 +FLAGS.SILENT (\\Seen $Done)", "A6 XNEW a (b \"c d\")",
    "A7 LIST \"\" *", "A8 STATUS INBOX (MESSAGES UIDNEXT)"
  ]
  for line in commands {
    let command = try? TaggedCommand(line.octets.span)
    checks.expect(command?.encoded(for: .server).bytes == line.octets + [13, 10], "a command's round trip")
  }
  let malformed: [StaticString] = ["", "A1", "A1 FETCH x FLAGS", "A1 LOGIN susan", "A1 STORE 0 FLAGS ()", "A1 NOOP x"]
  for line in malformed {
    checks.expect((try? TaggedCommand(line.octets.span)) == nil, "a malformed command")
  }

  let responses: [StaticString] = [
    "* 23 EXISTS\r\n", "* OK [UIDVALIDITY 7] ready\r\n", "A1 OK [COPYUID 7 1:3 4:6] done\r\n", "* SEARCH 1 2\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n", "* X-COLOUR (red 3)\r\n", "+ idling\r\n",
    "* 1 FETCH (UID 9 FLAGS (\\Seen) ENVELOPE (NIL \"s\" ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<i>\"))\r\n"
  ]
  var parser = IMAPResponseParser()
  for line in responses {
    let response = try? parser.response(line.octets.span)
    checks.expect(response?.encoded().bytes == line.octets, "a response's round trip")
  }
  checkIMAPStream(&checks)
}

private func checkIMAPStream(_ checks: inout Checks) {
  let wire: StaticString = "* 2 FETCH (UID 9 BODY[TEXT] {5}\r\nhello FLAGS (\\Seen))\r\nA1 OK {5}\r\n"
  var stream = IMAPUnitStream(.responses)
  var buffer = ReceiveBuffer()
  var parser = IMAPResponseParser()
  var content: [UInt8] = []
  var responses: [UInt8] = []
  let bytes = wire.octets
  for index in bytes.indices {
    buffer.append(bytes.span.extracting(index..<(index + 1)))
    var isWaiting = false
    while !isWaiting {
      switch stream.next(in: &buffer) {
      case .unit: responses += (try? stream.response(in: buffer, &parser))?.encoded().bytes ?? []
      case .content:
        let piece = stream.content(in: buffer)
        for index in piece.indices { content.append(piece[index]) }
      case .contentBegins, .endOfContent: continue
      case .incomplete, .continuationWanted, .discarded, .failed: isWaiting = true
      }
    }
  }
  let body: StaticString = "hello"
  let expected: StaticString = "* 2 FETCH (UID 9 FLAGS (\\Seen) BODY[TEXT] {5}\r\n)\r\nA1 OK {5}\r\n"
  checks.expect(content == body.octets, "a streamed body")
  checks.expect(responses == expected.octets, "the response around it")
}
