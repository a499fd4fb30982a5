import Testing

@testable import PostOffice

private func headers(_ change: (inout TraceHeaders) -> Void = { _ in }) -> String {
  var headers = TraceHeaders(
    reversePath: [UInt8]("susan@website.test".utf8), helloName: [UInt8]("client.test".utf8),
    peer: Endpoint(host: "127.0.0.1", port: 4711), host: "mail.domain.test", protocolName: "ESMTPA",
    unique: "1790000000.M000123P4711Q1.host", recipient: [UInt8]("robert@domain.test".utf8),
    date: MailDate(secondsSince1970: 784_887_151))
  change(&headers)
  return String(decoding: headers.bytes, as: UTF8.self)
}

@Test func traceHeadersFollowTheGrammar() {
  #expect(
    headers() == """
      Return-Path: <susan@website.test>\r
      Received: from client.test ([127.0.0.1])\r
      \tby mail.domain.test with ESMTPA id 1790000000M000123P4711Q1\r
      \tfor <robert@domain.test>; Tue, 15 Nov 1994 08:12:31 +0000\r

      """)
  #expect(
    headers {
      $0.reversePath = []
      $0.recipient = nil
      $0.peer.host = "::1"
      $0.helloName = [UInt8]("[IPv6:::1]".utf8)
      $0.protocolName = "SMTP"
    } == """
      Return-Path: <>\r
      Received: from [IPv6:::1] ([IPv6:::1])\r
      \tby mail.domain.test with SMTP id 1790000000M000123P4711Q1; Tue, 15 Nov 1994 08:12:31 +0000\r

      """)
}

/// Whatever the peer says, there are two header fields, and none of its octets is a control character.
@Test func nothingIsInjected() {
  let hostile = [
    "x\r\nBcc: y@z.test", "x\ny", "x\0y", "a)b(c\\d", "\\", ")", "<x>", "x y", "é", "\u{7F}", "[", "]", "",
    "\"a\\\"b\"@c",
    "[127.0.0.1]\r\n", String(repeating: "a", count: 5000)
  ]
  for text in hostile {
    let written = headers {
      $0.helloName = [UInt8](text.utf8)
      $0.reversePath = [UInt8](text.utf8)
      $0.recipient = [UInt8](text.utf8)
    }
    let lines = written.split(separator: "\r\n", omittingEmptySubsequences: false)
    let starts = lines.map { $0.prefix(4) }
    #expect(starts == ["Retu", "Rece", "\tby ", "\tfor", ""], "\(text)")
    let hasControls = lines.contains { $0.dropFirst().utf8.contains { $0 < 32 || $0 == 127 } }
    #expect(!hasControls, "\(text)")
  }
  let comment = headers { $0.helloName = [UInt8]("a)b(c\\d\r\n".utf8) }
  #expect(comment.contains("from [127.0.0.1] (HELO a\\)b\\(c\\\\d??)\r\n"))
}
