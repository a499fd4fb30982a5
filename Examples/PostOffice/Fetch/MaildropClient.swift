import MailWire
import POP3
import POP3Codec

/// A session that empties a maildrop into a Maildir: what the events of ``POP3Client`` mean to whoever fetches.
final class MaildropClient: Connection<POP3Client> {
  /// What has been done.
  struct Tally {
    var fetched = 0
    var octets: UInt64 = 0
    var deleted = 0
    var known = 0
  }

  private let credentials: Credentials
  private let keepsMessages: Bool
  private let maildir: Maildir
  private var names = UniqueNames()
  private var memory: FetchMemory
  /// The messages that are still to be asked for, the next one last.
  private var plan: [Item] = []
  /// The messages that have been asked for, the next one to arrive first.
  private var expected: [Item] = []
  private var delivery: Delivery?
  private var messageCount = 0
  private var markedCount = 0
  /// The unique-ids on the server.
  private var present: Set<String> = []
  private var isQuitting = false
  private var isUpdated = false

  private(set) var tally = Tally()
  private(set) var failure: String?
  private(set) var isOver = false

  private struct Item {
    let number: Int
    /// Nil when the server gives none, or gives it to several messages.
    let uniqueID: String?
  }

  /// How many messages are asked for ahead: enough that the line does not fall silent between two of them.
  private static let window = 8

  init(
    options: FetchOptions, memory: consuming FetchMemory, descriptor: consuming Descriptor, loop: EventLoop
  ) {
    credentials = options.credentials
    keepsMessages = options.keepsMessages
    maildir = Maildir(path: options.directory)
    self.memory = memory
    var configuration = POP3ClientConfiguration()
    // This program has no TLS, so it sends passwords only to its own machine.
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = Socket.peerEndpoint(of: descriptor).isLoopback
    super.init(machine: POP3Client(configuration: configuration), descriptor: descriptor, loop: loop)
  }

  override func handle(_ event: POP3ClientEvent) throws(MisuseError) {
    switch event {
    case .ready:
      try logIn()

    case .authenticated:
      try machine.status()
      try machine.uniqueIDs()

    case .authenticationFailed(let response):
      try stop("the server refused the login: \(response)")

    case .status(let count, _):
      messageCount = count

    case .uniqueIDs(let rows):
      try makePlan(rows)

    case .messageBegins:
      try beginMessage()

    case .content(let part):
      do throws(SystemError) { try delivery?.append(part) } catch { try giveUp(error) }

    case .contentEnds:
      try finishMessage()

    case .deleted:
      markedCount += 1

    case .updated:
      tally.deleted = markedCount
      isUpdated = true

    case .refused(let command, let response):
      try takeRefusal(of: command, response)

    case .closed(let reason):
      delivery = nil
      if !isUpdated { failure = failure ?? "the connection ended too early: \(reason)" }
      tidyMemory()
      isOver = true

    case .greeting, .encrypted, .capabilities, .listing, .done, .quirks, .violation:
      break
    }
  }

  private func logIn() throws(MisuseError) {
    do { try machine.authenticate(credentials) } catch {
      switch error {
      case .notOffered: try stop("the server takes no password")
      case .encryptionRequired: try stop("there is no TLS here, so a password goes to this machine only")
      default: try stop("the name or the password cannot be sent")
      }
    }
  }

  /// Decides what to fetch and what to delete unread, because it was fetched before.
  private func makePlan(_ rows: [UniqueIDListing]) throws(MisuseError) {
    var uses: [String: Int] = [:]
    for row in rows { uses[row.uniqueID.description, default: 0] += 1 }
    var uniqueIDs: [Int: String] = [:]
    // A unique-id that several messages share says nothing about any of them.
    for row in rows where uses[row.uniqueID.description] == 1 {
      uniqueIDs[Int(row.number.value)] = row.uniqueID.description
    }
    for number in stride(from: messageCount, through: 1, by: -1) {
      let item = Item(number: number, uniqueID: uniqueIDs[number])
      if let uniqueID = item.uniqueID, memory.uniqueIDs.contains(uniqueID) {
        tally.known += 1
        if !keepsMessages { try machine.delete(number) }
      } else {
        plan.append(item)
      }
    }
    present = Set(uniqueIDs.values)
    try proceed()
  }

  /// Asks for the next messages; when there are none, ends the session.
  private func proceed() throws(MisuseError) {
    guard !isQuitting else { return }
    while expected.count < Self.window, let item = plan.popLast() {
      try machine.retrieve(item.number)
      expected.append(item)
    }
    if expected.isEmpty { try quit() }
  }

  private func beginMessage() throws(MisuseError) {
    guard failure == nil else { return }
    do throws(SystemError) {
      delivery = try Delivery(in: maildir, unique: names.next(at: Clock.microsecondsSince1970))
    } catch { try giveUp(error) }
  }

  /// Puts the message where it belongs, and only then has the server delete it.
  private func finishMessage() throws(MisuseError) {
    let item = expected.removeFirst()
    guard let delivery = delivery.take() else { return }
    tally.octets += delivery.octets
    do throws(SystemError) {
      try delivery.commit(to: [maildir])
      if let uniqueID = item.uniqueID { try memory.add(uniqueID) }
    } catch { return try giveUp(error) }
    tally.fetched += 1
    if !keepsMessages { try machine.delete(item.number) }
    try proceed()
  }

  private func takeRefusal(of command: POP3Command, _ response: POP3Response) throws(MisuseError) {
    switch command {
    case .uniqueIDs:
      try makePlan([])
    case .retrieve:
      // The others may be readable.
      expected.removeFirst()
      failure = failure ?? "the server refused a message: \(response)"
      try proceed()
    case .quit:
      failure = failure ?? "the server did not delete everything: \(response)"
    default:
      try stop("the server refused a command: \(response)")
    }
  }

  /// Nothing more is fetched, and what is safe already is deleted.
  private func giveUp(_ error: SystemError) throws(MisuseError) {
    delivery = nil
    try stop("cannot store a message: \(error)")
  }

  private func stop(_ reason: String) throws(MisuseError) {
    failure = failure ?? reason
    plan = []
    try quit()
  }

  private func quit() throws(MisuseError) {
    guard !isQuitting else { return }
    isQuitting = true
    try machine.quit()
  }

  /// Forgets the unique-ids that the server has no longer.
  private func tidyMemory() {
    guard isUpdated else { return }
    try? memory.keepOnly(keepsMessages ? present : [])
  }
}
