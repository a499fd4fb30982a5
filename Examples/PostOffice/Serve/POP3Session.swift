import MailWire
import POP3
import POP3Codec

/// Somebody who fetches his mail: what the events of ``POP3Server`` mean to this host.
final class POP3Session: Connection<POP3Server> {
  private let store: MailStore
  private var account: Account?
  private var messages: [Maildir.Message] = []
  private var text: Descriptor?

  init(
    configuration: POP3ServerConfiguration, store: MailStore, descriptor: consuming Descriptor, loop: EventLoop,
    trace: ((TraceRecord) -> Void)?
  ) {
    self.store = store
    super.init(machine: POP3Server(configuration: configuration), descriptor: descriptor, loop: loop, trace: trace)
  }

  override func handle(_ event: POP3ServerEvent) throws(MisuseError) {
    switch event {
    case .authenticate(let credentials):
      try openMaildrop(credentials)

    case .retrieve(let number, _):
      text = account.flatMap { try? store.maildir(of: $0).open(messages[number - 1]) }
      if text == nil { try machine.reject(.temporaryFailure) }

    case .contentWanted:
      try sendPart()

    case .contentSuffices:
      text = nil
      try machine.finishContent()

    case .update(let deleted):
      let isComplete = remove(deleted)
      unlock()
      if isComplete { try machine.accept() } else { try machine.reject(.notAllRemoved) }

    case .closed:
      text = nil
      unlock()

    case .encrypted, .authenticateDigest, .quirks, .violation:
      break
    }
  }

  override func shutDown() {
    machine.shutDown()
    drain()
  }

  /// Checks the password, locks the maildrop, and lists what is in it.
  private func openMaildrop(_ credentials: Credentials) throws(MisuseError) {
    guard let account = store.accounts.authenticate(credentials) else {
      return try machine.reject(.authenticationFailed)
    }
    guard store.lockMaildrop(of: account) else { return try machine.reject(.maildropInUse) }
    self.account = account
    do throws(SystemError) { messages = try store.maildir(of: account).messages() } catch {
      Console.complaint("cannot list the mail of \(account.name): \(error)")
      unlock()
      return try machine.reject(.temporaryFailure)
    }
    var maildrop = Maildrop()
    for message in messages { maildrop.append(MaildropEntry(octets: message.octets, uniqueID: message.uniqueID)) }
    try machine.accept(maildrop)
  }

  private func sendPart() throws(MisuseError) {
    guard let transfer = text?.receive(into: &loop.readBuffer) else { return try machine.failContent() }
    switch transfer {
    case .bytes(let count):
      let buffer = loop.readBuffer
      try machine.sendContent(buffer.span.extracting(first: count))
    case .end:
      text = nil
      try machine.finishContent()
    case .notNow, .failed:
      text = nil
      try machine.failContent()
    }
  }

  /// Removes what can be removed, and says whether that was everything.
  private func remove(_ numbers: [Int]) -> Bool {
    guard let account else { return numbers.isEmpty }
    let maildir = store.maildir(of: account)
    var isComplete = true
    for number in numbers {
      do throws(SystemError) { try maildir.remove(messages[number - 1]) } catch {
        Console.complaint("cannot remove a message of \(account.name): \(error)")
        isComplete = false
      }
    }
    if !numbers.isEmpty { store.hub.removed(from: maildir) }
    return isComplete
  }

  private func unlock() {
    if let account { store.unlockMaildrop(of: account) }
    account = nil
    messages = []
  }
}
