import MailWire
import SMTP
import SMTPCodec
import Testing

@Test func deliversAMessage() throws {
  var server = SMTPServer(configuration: .init(name: try Domain("mail.website.test")))
  var out: [UInt8] = []
  var message: [UInt8] = []
  let input = "EHLO a.test\r\nMAIL FROM:<susan@website.test> SIZE=10\r\nRCPT TO:<robert@domain.test>\r\nRCPT TO:<x@y>\r\nDATA\r\n..x\r\n.\r\nQUIT\r\n"
  func drain(_ server: inout SMTPServer) throws {
    while true {
      switch server.poll() {
      case .write: server.withOutbound { bytes in
        for i in bytes.indices { out.append(bytes[i]) }
        return bytes.count }
      case .event(let event):
        switch event {
        case .mail, .contentEnds: try server.accept()
        case .recipient(let path, _):
          if case .mailbox(let m) = path, m.localPart.description == "x" { try server.reject(.noSuchUser) } else { try server.accept() }
        case .content(let p): message += p
        default: print(event)
        }
      case .transport(let a): print(a)
      case .trace(let r): print(r)
      case .wait: return
      }
    }
  }
  try drain(&server)
  server.receive([UInt8](input.utf8).span, at: .zero)
  try drain(&server)
  print(String(decoding: out, as: UTF8.self))
  #expect(String(decoding: message, as: UTF8.self) == ".x\r\n")
  print(MemoryLayout<SMTPServer>.size, MemoryLayout<ConnectionLimits>.size, MemoryLayout<SMTPServerConfiguration>.size)
}
