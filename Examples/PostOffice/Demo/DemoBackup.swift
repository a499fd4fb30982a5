import MailWire
import SMTP
import SMTPCodec

/// The backup server of another domain: it says that it is busy for as long as it is told to, and keeps what it takes.
final class DemoBackup {
  var isBusy = true
  fileprivate(set) var refusalCount = 0
  fileprivate(set) var texts: [[UInt8]] = []
  private var listener: Listener?

  var endpoint: Endpoint { listener?.local ?? Endpoint(host: "", port: 0) }

  init(name: Domain, loop: EventLoop) throws(SystemError) {
    let configuration = SMTPServerConfiguration(name: name)
    listener = try Listener(on: Endpoint(host: "127.0.0.1", port: 0), loop: loop) { [unowned self] descriptor, _, _ in
      DemoBackupSession(configuration: configuration, backup: self, descriptor: descriptor, loop: loop).start()
    }
  }
}

/// Somebody who has mail for the backup server.
private final class DemoBackupSession: Connection<SMTPServer> {
  private let backup: DemoBackup
  private var text: [UInt8] = []

  init(
    configuration: SMTPServerConfiguration, backup: DemoBackup, descriptor: consuming Descriptor, loop: EventLoop
  ) {
    self.backup = backup
    super.init(machine: SMTPServer(configuration: configuration), descriptor: descriptor, loop: loop)
  }

  override func handle(_ event: SMTPServerEvent) throws(MisuseError) {
    switch event {
    case .mail:
      try machine.accept()
    case .recipient:
      if backup.isBusy {
        backup.refusalCount += 1
        try machine.reject(SMTPReply(451, .init(4, 3, 2), "Busy, come back later"))
      } else {
        try machine.accept()
      }
    case .contentBegins:
      text = []
    case .content(let part):
      text += part
    case .contentEnds:
      backup.texts.append(text)
      try machine.accept()
    case .hello, .authenticate, .transactionAborted, .closed, .encrypted, .verify, .expand, .help, .quirks, .violation:
      break
    }
  }
}
