import MailTestKit
import MailTransport
import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct ReadmeTests {
  @Test func readmeShowsTheExamplesAsTheyCompile() throws {
    let readme = String(decoding: try Corpus.bytes("../../README.md"), as: UTF8.self)
    let examples = String(decoding: try Corpus.bytes("../MailTransportTests/ReadmeExamples.swift"), as: UTF8.self)
    let functions = examples.split(separator: "\n\n").filter { $0.hasPrefix("func ") }
    #expect(functions.count == 3)
    for function in functions {
      let block = "```swift\n" + function.drop { $0 == "\n" } + (function.hasSuffix("\n") ? "" : "\n") + "```"
      #expect(readme.contains(block))
    }
  }

  @Test func theServerStoresAMessage() throws {
    let socket = ScriptedCopy(
      "EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<robert@domain.test>\r\nRCPT TO:<eve@domain.test>\r\nDATA\r\nHello\r\n.\r\nQUIT\r\n"
    )
    var stored: [[UInt8]] = []
    try receive(for: [Mailbox("robert@domain.test")], over: socket) { message in
      stored.append(message)
      return true
    }
    #expect(stored == [[UInt8]("Hello\r\n".utf8)])
  }

  @Test func theClientInsistsOnTLS() throws {
    let socket = ScriptedCopy("220 x\r\n250 x\r\n")
    let mailbox = try Mailbox("robert@domain.test")
    try submit([UInt8]("Hello".utf8), from: mailbox, to: mailbox, over: socket)
    #expect(String(decoding: socket.record.written, as: UTF8.self) == "EHLO laptop.website.test\r\n")
  }
}

/// A socket whose peer says everything at once and then closes.
private struct ScriptedCopy: BlockingTransport {
  final class Record {
    var script: [UInt8]
    var written: [UInt8] = []
    init(_ script: [UInt8]) { self.script = script }
  }

  let record: Record
  init(_ text: String) { record = Record([UInt8](text.utf8)) }

  var now: Instant { .zero }

  func read(into buffer: inout [UInt8], until deadline: Instant?) throws(Broken) -> BlockingRead {
    guard !record.script.isEmpty else { return .end }
    buffer = record.script
    record.script = []
    return .bytes(buffer.count)
  }

  func write(_ bytes: Span<UInt8>, until deadline: Instant?) throws(Broken) -> Int {
    for index in bytes.indices { record.written.append(bytes[index]) }
    return bytes.count
  }

  func startTLS(until deadline: Instant?) throws(Broken) -> TransportChange { .tls(TLSDescription()) }

  func close() {}
}
