import MailTestKit
@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec
import Testing

@Suite struct RecordingTests {
  /// Every reply of the recorded servers is understood, and writing it gives the same reply again.
  @Test func repliesOfRealServers() throws {
    var count = 0
    for recording in try Recording.all(in: "SMTP") {
      var buffer = ReceiveBuffer()
      var framer = SMTPReplyFramer()
      buffer.append(recording.bytes(of: .server).span)
      // Some encrypted sessions end with an alert (record type 23) that the recorder did not decrypt.
      while !buffer.isEmpty, buffer.bytes[0] != 23, case .reply(let length) = framer.next(in: buffer) {
        let reply = try SMTPReply(buffer.bytes.extracting(first: length), quirks: .none)
        let written = reply.encoded
        let again = try SMTPReply(written.span, quirks: .none)
        if again != reply { Issue.record("\(recording.name): \(reply)") }
        if reply.code == 250, reply.lines.count > 3, SMTPCapabilities(reply).entries.count != reply.lines.count - 1 {
          Issue.record("\(recording.name): \(reply)")
        }
        buffer.consume(length)
        count += 1
      }
      let isEmpty = buffer.isEmpty || buffer.bytes[0] == 23
      #expect(isEmpty, "\(recording.name)")
    }
    #expect(count > 500)
  }
}
