import MailWire

/// A connection whose other end is a script, and whose host is a few closures.
///
/// It is a good host: it reads only when the machine wants to, acts on outputs in their order, and answers.
struct Session<Machine: ConnectionMachine & ~Copyable> {
  /// What the host does about an event, and the entry for the record; nil for none.
  let handle: (Machine.Event, inout Machine, inout Record) throws(Finding) -> Void
  /// What the host does of its own.
  let command: (UInt8, inout Machine) throws(Finding) -> Void
  /// The octets that the machine's buffers hold on to.
  let retainedBytes: (borrowing Machine) -> Int

  private(set) var record = Record()
  private var pieces: Pieces
  private let cut: Cut
  private var now = Instant.zero
  /// Octets that have arrived and that the machine does not want yet.
  private var unread: [UInt8] = []
  private var longestPiece = 0
  private var isBlocked = false
  private var wantsTLS = false
  private var wait = Wait(reading: true, deadline: nil)

  init(
    _ input: Span<UInt8>, _ cut: Cut,
    handle: @escaping (Machine.Event, inout Machine, inout Record) throws(Finding) -> Void,
    command: @escaping (UInt8, inout Machine) throws(Finding) -> Void,
    retainedBytes: @escaping (borrowing Machine) -> Int
  ) {
    pieces = Pieces(cut, of: input)
    self.cut = cut
    self.handle = handle
    self.command = command
    self.retainedBytes = retainedBytes
  }

  /// Plays the script to its end, and the connection to its own.
  mutating func play(
    _ script: Script, _ input: Span<UInt8>, _ machine: inout Machine
  ) throws(Finding) {
    machine.advance(to: now)
    try drain(&machine)
    for action in script.actions where !record.isClosed { try perform(action, input, &machine) }
    if !record.isClosed { try end(.peerEnds, &machine) }
    if !record.isClosed { try end(.transportFails, &machine) }
    try require(record.isClosed, "the connection has no end: \(record.entries)")
    try checkSilence(&machine)
  }

  private mutating func perform(
    _ action: Action, _ input: Span<UInt8>, _ machine: inout Machine
  ) throws(Finding) {
    switch action {
    case .octets(let range):
      unread += input.extracting(range).array
      try feed(&machine)
    case .handshake(let succeeds):
      try settle(&machine)
      guard wantsTLS else { return }
      // What arrived behind the request was never TLS.
      unread = []
      wantsTLS = false
      machine.transportDidChange(succeeds ? .tls(TLSDescription()) : .tlsFailed, at: now)
      try drain(&machine)
    case .transportFails, .peerEnds:
      try end(action, &machine)
    case .secondsPass(let seconds):
      now = now.advanced(by: .seconds(seconds))
      machine.advance(to: now)
      try drain(&machine)
      try feed(&machine)
    case .writingStops:
      isBlocked = true
    case .writingGoesOn:
      try settle(&machine)
    case .command(let octet):
      try command(octet, &machine)
      try drain(&machine)
      try feed(&machine)
    }
  }

  private mutating func end(_ action: Action, _ machine: inout Machine) throws(Finding) {
    try settle(&machine)
    guard !record.isClosed else { return }
    unread = []
    if case .peerEnds = action { machine.receiveEnd(at: now) } else { machine.transportDidChange(.failed, at: now) }
    try drain(&machine)
  }

  /// Lets everything that waits leave and arrive.
  private mutating func settle(_ machine: inout Machine) throws(Finding) {
    isBlocked = false
    take(&machine)
    try drain(&machine)
    try feed(&machine)
  }

  private mutating func feed(_ machine: inout Machine) throws(Finding) {
    var offset = 0
    // A host that has been told to start TLS may have read more already: the machine must see that as well.
    while offset < unread.count, wait.reading || wantsTLS, !record.isClosed {
      let length = pieces.next(of: unread.count - offset)
      longestPiece = max(longestPiece, length)
      machine.receive(unread[offset..<(offset + length)].span, at: now)
      offset += length
      try drain(&machine)
    }
    // What arrives while the machine closes is nobody's.
    unread = record.isClosed ? [] : Array(unread[offset...])
  }

  private mutating func drain(_ machine: inout Machine) throws(Finding) {
    for _ in 0..<100_000 {
      switch machine.poll() {
      case .write: take(&machine)
      case .event(let event):
        try require(!record.isClosed, "an event behind the end")
        try handle(event, &machine, &record)
      case .transport(let action):
        record.append(.transport(action, behind: action == .startTLS ? record.octets.count : 0))
        wantsTLS = action == .startTLS
      case .trace(let line):
        try require(line.text.allSatisfy { 32...126 ~= $0 }, "a trace with control characters")
      case .wait(let wait):
        self.wait = wait
        return try checkRest(machine)
      }
    }
    throw Finding("the machine does not come to rest: \(record.entries.suffix(5))")
  }

  /// Takes what waits for the transport, at once or in parts.
  private mutating func take(_ machine: inout Machine) {
    guard !isBlocked else { return }
    if cut == .derived {
      var buffer: [UInt8] = []
      machine.takeOutbound(into: &buffer)
      record.octets += buffer
      return
    }
    if cut == .singleOctets { write(&machine) { count in count / 2 } }
    write(&machine) { count in count }
  }

  private mutating func write(_ machine: inout Machine, _ share: (Int) -> Int) {
    var part: [UInt8] = []
    machine.withOutbound { bytes in
      part = bytes.extracting(first: share(bytes.count)).array
      return part.count
    }
    record.octets += part
  }

  private func checkRest(_ machine: borrowing Machine) throws(Finding) {
    if !record.isClosed {
      let waitsForHost = wantsTLS || wait.writing
      try require(wait.reading || waitsForHost, "the machine waits for nothing: \(record.entries.suffix(5))")
    }
    let retained = retainedBytes(machine)
    try require(retained <= 4 * longestPiece + 65_536, "\(retained) octets are retained")
  }

  /// Behind its end a machine says nothing and keeps nothing.
  private mutating func checkSilence(_ machine: inout Machine) throws(Finding) {
    let before = record
    let noise: [UInt8] = [13, 10, 46, 13, 10]
    machine.receive(noise.span, at: now)
    machine.receiveEnd(at: now)
    machine.transportDidChange(.failed, at: now)
    machine.advance(to: now.advanced(by: .seconds(100_000)))
    try drain(&machine)
    try require(record == before, "something happens behind the end: \(record.difference(from: before))")
    try require(!wait.reading && !wait.writing && wait.deadline == nil, "a closed machine waits: \(wait)")
  }
}
