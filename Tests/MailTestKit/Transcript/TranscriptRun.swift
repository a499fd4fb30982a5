@_spi(MailCodec) import MailWire

/// One machine going through one transcript with its blocks cut in one way.
struct TranscriptRun<Subject: ConnectionMachine & ~Copyable>: ~Copyable {
  private var machine: Subject
  private let hooks: TranscriptHooks<Subject>
  private let side: Transcript.Side
  private let cut: Cut
  private var generator: SplitMix64
  private var now = Instant.zero
  private var output: [UInt8] = []
  private var writeBuffer: [UInt8] = []
  private var log = EventLog()
  private var hasStarted = false
  private var wantsTLS = false
  private var hasClosed = false
  private var mayClose = false
  private var line = 0

  init(_ hooks: TranscriptHooks<Subject>, as side: Transcript.Side, cut: Cut) throws {
    machine = try hooks.machine()
    machine.advance(to: now)
    self.hooks = hooks
    self.side = side
    self.cut = cut
    if case .random(let seed) = cut { generator = SplitMix64(seed: seed) } else { generator = SplitMix64(seed: 0) }
  }

  /// Goes through all steps and returns the log.
  mutating func run(_ transcript: Transcript) throws -> [String] {
    for (line, step) in transcript.steps {
      self.line = line
      switch step {
      case .block(side, let expected): try expect(expected)
      default: try take(step)
      }
    }
    try start()
    guard output.isEmpty else { throw failure("unexpected output at the end", [], output) }
    guard hasClosed == mayClose else { throw failure("the machine closed, and no `-- closed` follows") }
    return log.lines
  }

  private mutating func take(_ step: Transcript.Step) throws {
    if case .tls = step {
      guard wantsTLS || !hasStarted else { throw failure("the machine has not asked for TLS") }
    } else {
      try start()
    }
    if !output.isEmpty { throw failure("unexpected output before this", [], output) }
    switch step {
    case .block(_, let bytes): try receive(bytes)
    case .tls:
      wantsTLS = false
      machine.transportDidChange(.tls(TLSDescription(isPeerVerified: true)), at: now)
    case .tlsFailed: machine.transportDidChange(.tlsFailed, at: now)
    case .failed: machine.transportDidChange(.failed, at: now)
    case .act(let name): try hooks.act(name, &machine)
    case .end: machine.receiveEnd(at: now)
    case .passes(let duration):
      now = now.advanced(by: duration)
      machine.advance(to: now)
    case .closed:
      guard hasClosed else { throw failure("the machine has not closed") }
      mayClose = true
    }
    hasStarted = true
    try drain()
  }

  private mutating func start() throws {
    guard !hasStarted else { return }
    hasStarted = true
    try drain()
  }

  private mutating func expect(_ expected: [UInt8]) throws {
    try start()
    guard output == expected else { throw failure("output differs", expected, output) }
    output.removeAll(keepingCapacity: true)
  }

  private mutating func receive(_ bytes: [UInt8]) throws {
    for piece in cut.pieces(of: bytes.count, &generator) {
      machine.receive(bytes.span.extracting(piece), at: now)
      guard case .random = cut else {
        try drain()
        continue
      }
      // Several inputs without a drain, empty inputs and early calls of `advance` change nothing.
      switch generator.below(8) {
      case 0: break
      case 1: machine.receive([UInt8]().span, at: now)
      case 2: machine.advance(to: now)
      default: try drain()
      }
    }
  }

  private mutating func drain() throws {
    for _ in 0..<100_000 {
      switch machine.poll() {
      case .write:
        write()
      case .event(let event):
        log.append(hooks.log(event))
        try hooks.handle(event, &machine)
      case .transport(let action):
        try act(action)
      case .trace:
        break
      case .wait(let wait):
        if wait.writing {
          write()
          continue
        }
        guard case .wait(wait) = machine.poll() else { throw failure("a poll after a wait brought something else") }
        return
      }
    }
    throw failure("the machine does not come to rest")
  }

  /// Writes as this run's host does: all, by a reused buffer, or in parts.
  private mutating func write() {
    switch cut {
    case .whole, .inTwo: take { $0 }
    case .byteByByte:
      machine.takeOutbound(into: &writeBuffer)
      output += writeBuffer
    case .random:
      let share = generator.below(64)
      take { min($0, share) }
    }
  }

  private mutating func take(_ share: (Int) -> Int) {
    machine.withOutbound { bytes in
      let count = share(bytes.count)
      output.append(bytes.extracting(first: count))
      return count
    }
  }

  private mutating func act(_ action: TransportAction) throws {
    var left = 0
    machine.withOutbound { bytes in
      left = bytes.count
      return 0
    }
    guard left == 0 else { throw failure("\(action) before \(left) octets that were written earlier") }
    switch action {
    case .startTLS: wantsTLS = true
    case .close:
      guard !hasClosed else { throw failure("a second close") }
      hasClosed = true
    @unknown default: throw failure("unknown action \(action)")
    }
  }

  private func failure(_ text: String) -> TranscriptFailure { TranscriptFailure(line: line, text: text) }

  private func failure(_ text: String, _ expected: [UInt8], _ actual: [UInt8]) -> TranscriptFailure {
    TranscriptFailure(
      line: line,
      text: text + "\n  expected \(side.letter): \(visible(expected))\n  actual   \(side.letter): \(visible(actual))"
        + "\n  log so far: \(log.lines.joined(separator: "; "))")
  }
}
