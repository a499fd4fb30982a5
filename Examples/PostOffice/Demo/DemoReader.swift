import MailWire
import POP3
import POP3Codec

/// Somebody who looks at the maildrop, takes every message and has it deleted.
final class DemoReader: Connection<POP3Client> {
  private let credentials: Credentials
  private(set) var count: Int?
  private(set) var sizes: [UInt64] = []
  private(set) var uniqueIDs: [UniqueID] = []
  private(set) var texts: [[UInt8]] = []
  private(set) var deletedCount = 0
  private(set) var isUpdated = false
  private(set) var isOver = false

  init(
    credentials: Credentials, descriptor: consuming Descriptor, loop: EventLoop, trace: @escaping (TraceRecord) -> Void
  ) {
    self.credentials = credentials
    var configuration = POP3ClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    configuration.tracing = true
    super.init(machine: POP3Client(configuration: configuration), descriptor: descriptor, loop: loop, trace: trace)
  }

  override func handle(_ event: POP3ClientEvent) throws(MisuseError) {
    switch event {
    case .ready:
      try machine.authenticate(credentials)

    case .authenticated:
      try machine.status()
      try machine.list()
      try machine.uniqueIDs()

    case .status(let count, _):
      self.count = count

    case .listing(let rows):
      sizes = rows.map(\.octets)

    case .uniqueIDs(let rows):
      uniqueIDs = rows.map(\.uniqueID)
      for row in rows {
        try machine.retrieve(Int(row.number.value))
        try machine.delete(Int(row.number.value))
      }
      try machine.quit()

    case .messageBegins:
      texts.append([])

    case .content(let part):
      texts[texts.count - 1] += part

    case .deleted:
      deletedCount += 1

    case .updated:
      isUpdated = true

    case .closed:
      isOver = true

    case .greeting, .encrypted, .authenticationFailed, .capabilities, .contentEnds, .done, .refused, .quirks,
      .violation:
      break
    }
  }
}
