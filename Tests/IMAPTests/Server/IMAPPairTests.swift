import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// Two clients and their servers on one mailbox, joined in memory, octets cut at random: what one does shows on the other.
@Suite("IMAP: client and server, joined") struct IMAPPairTests {
  @Test("both devices agree with the mailbox at the end, for 300 seeds")
  func randomSessions() throws {
    for seed in 0..<300 as Range<UInt64> {
      let world = PairWorld(seed: seed)
      try world.run()
      if let difference = world.difference { Issue.record("seed \(seed): \(difference)") }
    }
  }
}

/// One device: a client, its server, and the octets between them.
private final class Device {
  var client: IMAPClient
  var server: IMAPServer
  var toServer: [UInt8] = []
  var toClient: [UInt8] = []
  /// The flags that the client was told, by UID.
  var flags: [UInt32: FlagSet] = [:]
  var steps: Int
  var inFlight = 0
  var isIdling = false
  var isSelected = false
  var isClosed = (client: false, server: false)
  var faults: [String] = []
  /// The message that the client sends.
  var left: [UInt8] = []
  var isAppending = false

  init(_ generator: inout SplitMix64) {
    var client = IMAPClientConfiguration()
    client.security = .none
    client.allowsPlaintextAuthentication = true
    client.usesNonSynchronisingLiterals = generator.below(2) == 0
    client.tracing = generator.below(4) == 0
    self.client = IMAPClient(configuration: client)
    var server = IMAPServerConfiguration()
    server.allowsPlaintextAuthentication = true
    server.tracing = generator.below(4) == 0
    server.limits.connection.unwrittenBytes = 64
    server.limits.view = MailboxView.Limits(flagChanges: 1 + generator.below(5), forgottenRanges: 2)
    server.additionalCapabilities = ["CONDSTORE", "QRESYNC", "ESEARCH", "UIDPLUS", "MOVE"].compactMap {
      try? IMAPCapability($0)
    }
    self.server = IMAPServer(configuration: server)
    steps = 5 + generator.below(25)
  }
}

private final class PairWorld {
  private var generator: SplitMix64
  private let devices: [Device]
  private var messages: [UInt32: FlagSet] = [:]
  private var uidNext: UInt32 = 1
  private var modSequence: UInt64 = 1
  private var now = Instant.zero

  init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    devices = [Device(&generator), Device(&generator)]
    for _ in 0..<generator.below(8) {
      uidNext += UInt32(generator.below(3))
      messages[uidNext] = FlagSet()
      uidNext += 1
    }
    self.generator = generator
  }

  private var uids: [UInt32] { messages.keys.sorted() }

  var difference: String? {
    for (index, device) in devices.enumerated() {
      if let fault = device.faults.first { return "device \(index): \(fault)" }
      guard let mailbox = device.client.mailbox else { return "device \(index) has no mailbox" }
      let told = uids.map { Optional($0) }
      let known = (0..<mailbox.count).map { mailbox.messages.uid(at: $0 + 1) }
      guard known.count == told.count else { return "device \(index): \(known.count) messages, not \(told.count)" }
      if zip(known, told).contains(where: { $0 != nil && $0 != $1 }) { return "device \(index): \(known), not \(told)" }
      if device.server.mailbox?.uids.numbers(limit: 1_000) != uids { return "device \(index): the server's view" }
      for uid in known.compactMap({ $0 }) {
        if let flags = device.flags[uid], flags != messages[uid] {
          return "device \(index): flags of \(uid): \(flags), not \(messages[uid] ?? FlagSet())"
        }
      }
    }
    return nil
  }

  func run() throws {
    var rounds = 0
    for _ in 0..<200_000 {
      var isQuiet = true
      for device in devices {
        try pollClient(device)
        try pollServer(device)
        now = now.advanced(by: .milliseconds(generator.below(50)))
        move(device)
        isQuiet = isQuiet && device.steps == 0 && device.inFlight == 0
      }
      guard isQuiet else { continue }
      if rounds == 3 { return }
      // All is said; each asks for the news, which may come behind the answer.
      rounds += 1
      for device in devices { try send("NOOP", device) }
    }
    for device in devices { device.faults.append("the session does not end, \(device.steps) \(device.inFlight)") }
  }

  private func move(_ device: Device) {
    let toSend = min(device.toServer.count, generator.below(60))
    let sent = Array(device.toServer.prefix(toSend))
    device.server.receive(sent.span, at: now)
    device.toServer.removeFirst(toSend)
    let toHear = min(device.toClient.count, generator.below(200))
    let heard = Array(device.toClient.prefix(toHear))
    device.client.receive(heard.span, at: now)
    device.toClient.removeFirst(toHear)
  }

  private func pollClient(_ device: Device) throws {
    while true {
      switch device.client.poll() {
      case .write:
        var bytes: [UInt8] = []
        device.client.takeOutbound(into: &bytes)
        device.toServer += bytes
      case .event(let event): try handle(event, device)
      case .trace, .transport: break
      case .wait:
        if device.isIdling, device.steps == 0 {
          device.isIdling = false
          try? device.client.finishIdle()
          continue
        }
        guard device.isSelected, device.steps > 0, device.inFlight < 3 else { return }
        device.steps -= 1
        try act(device)
      }
    }
  }

  private func pollServer(_ device: Device) throws {
    while true {
      switch device.server.poll() {
      case .write:
        var bytes: [UInt8] = []
        device.server.takeOutbound(into: &bytes)
        device.toClient += bytes
      case .event(let event): try handle(event, device)
      case .trace, .transport: break
      case .wait: return
      }
    }
  }

  // MARK: The client's host

  private func handle(_ event: IMAPClientEvent, _ device: Device) throws {
    switch event {
    case .ready:
      try device.client.authenticate(Credentials(user: "susan", password: "secret"))
      device.inFlight += 1
      if generator.below(2) == 0 { try send("ENABLE QRESYNC", device) }
      try send("SELECT INBOX", device)
      try send("UID FETCH 1:* FLAGS", device)
    case .response(.fetch(let message), _):
      guard let uid = message.uid ?? device.client.mailbox?.messages.uid(at: message.number) else { return }
      if let flags = message.flags { device.flags[uid] = flags }
    case .completed(_, let status):
      device.inFlight -= 1
      if device.client.state == .selected { device.isSelected = true }
      if status.condition == .bad { device.faults.append("BAD \(String(decoding: status.text, as: UTF8.self))") }
    case .notSent: device.inFlight -= 1
    case .idling:
      // A command behind it may have ended it already.
      if generator.below(2) == 0 { try? device.client.finishIdle() } else { device.isIdling = true }
    case .contentWanted:
      let part = Array(device.left.prefix(3))
      device.left.removeFirst(part.count)
      if part.isEmpty {
        device.isAppending = false
        try device.client.finishContent()
      } else {
        try device.client.sendContent(part.span)
      }
    case .violation(let violation): device.faults.append("\(violation)")
    case .closed(let reason): device.faults.append("client closed: \(reason)")
    default: break
    }
  }

  private func send(_ text: String, _ device: Device) throws {
    do {
      try device.client.send(command(text))
      device.inFlight += 1
    } catch let error as MisuseError {
      device.faults.append("\(text): \(error)")
    }
  }

  private func act(_ device: Device) throws {
    if device.isIdling {
      device.isIdling = false
      try? device.client.finishIdle()
      return
    }
    let count = Int(device.client.mailbox?.count ?? 0)
    let number = 1 + generator.below(max(1, count))
    let uid = 1 + generator.below(Int(uidNext))
    let flag = ["\\Seen", "\\Flagged", "\\Deleted", "work"][generator.below(4)]
    switch generator.below(10) {
    case 0 where count > 0: try send("FETCH \(number):* FLAGS", device)
    case 1 where count > 0: try send("STORE \(number) +FLAGS (\(flag))", device)
    case 2: try send("UID STORE \(uid):* FLAGS (\(flag))", device)
    case 3: try send("EXPUNGE", device)
    case 4: try send("UID FETCH 1:* FLAGS", device)
    case 5: try send("SEARCH ALL", device)
    case 6 where device.inFlight == 0: try send("IDLE", device)
    case 7 where !device.isAppending:
      device.isAppending = true
      device.left = Array(repeating: 65, count: generator.below(20))
      try send("APPEND INBOX (\(flag)) {\(device.left.count)}", device)
    case 8 where count > 0: try send("FETCH \(number) BODY.PEEK[]", device)
    default: try send("NOOP", device)
    }
  }

  // MARK: The server's host

  private func handle(_ event: IMAPServerEvent, _ device: Device) throws {
    switch event {
    case .authenticate: try device.server.complete()
    case .command(let command, let uids): try run(command, uids.numbers(limit: 1_000), device)
    case .appendContinues: try deliver(device)
    case .contentWanted(let uid): try device.server.sendContent([UInt8(truncatingIfNeeded: 64 + uid % 32)].span)
    case .flagsWanted(let uids):
      for uid in uids.numbers(limit: 1_000) {
        if let flags = messages[uid] { try device.server.sendMessage(uid, flags: flags, modSequence: modSequence) }
      }
    case .violation(let violation): device.faults.append("server: \(violation)")
    case .closed(let reason): device.faults.append("server closed: \(reason)")
    default: break
    }
  }

  private var appended: [ObjectIdentifier: FlagSet] = [:]

  private func deliver(_ device: Device) throws {
    messages[uidNext] = appended[ObjectIdentifier(device)] ?? FlagSet()
    modSequence += 1
    for other in devices { other.server.messagesAppeared(try NumberRanges([uidNext]), modSequence: modSequence) }
    uidNext += 1 + UInt32(generator.below(3))
    try device.server.complete()
  }

  private func run(_ command: IMAPCommand, _ uids: [UInt32], _ device: Device) throws {
    switch command {
    case .select:
      var snapshot = MailboxSnapshot(uids: try NumberRanges(self.uids), uidValidity: 7, flags: FlagSet(.seen))
      snapshot.uidNext = uidNext
      snapshot.highestModSequence = modSequence
      try device.server.open(snapshot)
    case .fetch(_, let items, _):
      for uid in uids where messages[uid] != nil {
        let size = UInt64(generator.below(4))
        let section = try FetchSection(.body(SectionSpecifier(SectionPath(), .all)), streamed: size)
        try device.server.sendMessage(
          uid, flags: items.attributes.contains(.flags) ? messages[uid] : nil,
          items: items.others.isEmpty ? [] : [.section(section)])
      }
    case .store(_, let request):
      guard case .flags(let flags) = request.target else { break }
      modSequence += 1
      for uid in uids {
        guard let old = messages[uid] else { continue }
        var new = request.action == .add ? old : flags
        new.system.formUnion(flags.system)
        for keyword in flags.keywords { new.insert(keyword) }
        messages[uid] = new
        for other in devices { other.server.flagsChanged(uid, flags: new, modSequence: modSequence) }
      }
    case .expunge:
      let gone = try NumberRanges(self.uids.filter { messages[$0]?.system.contains(.deleted) == true })
      for uid in gone.numbers(limit: 1_000) { messages[uid] = nil }
      modSequence += 1
      for other in devices { other.server.messagesExpunged(gone, modSequence: modSequence) }
    case .search: try device.server.sendResult(try NumberRanges(self.uids))
    case .append(_, let message):
      appended[ObjectIdentifier(device)] = message.flags
      return try device.server.accept()
    case .noop: break
    default: return try device.server.complete(.notImplemented)
    }
    try device.server.complete()
  }
}
