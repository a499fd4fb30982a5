public import MailWire

/// Runs a machine over a ``BlockingTransport`` on the calling thread.
///
/// ```swift
/// var driver = BlockingDriver(SMTPClient(configuration: configuration), over: socket)
/// try driver.run { event, client in
///   switch event {
///   case .ready: try client.send(envelope)
///   case .contentWanted:
///     try client.sendContent(message.span)
///     try client.finishContent()
///   case .outcome: try client.quit()
///   default: break
///   }
/// }
/// ```
///
/// ``next()`` is the same with the loop in your hands. A broken transport is no error of these calls: the machine says it
/// in its last event, and ``transportFailure`` keeps the transport's own words.
public struct BlockingDriver<
  Connection: ConnectionMachine & ~Copyable, Transport: BlockingTransport & ~Copyable
>: ~Copyable {
  /// The machine. Between two calls of ``next()`` the host may use it as it likes.
  public var machine: Connection
  /// The transport.
  public private(set) var transport: Transport
  /// Takes each trace record, when the machine's configuration turns tracing on.
  public var trace: ((TraceRecord) -> Void)?
  /// Why the transport broke, if it did.
  public private(set) var transportFailure: Transport.Failure?
  /// Whether the connection is closed; the machine may still have events.
  public private(set) var isClosed = false

  private var buffer: [UInt8]
  private var hasStarted = false
  /// The deadline that had passed when the driver last looked for bytes: those that had come in time count, once.
  private var overdue: Instant?
  /// TLS was asked for and awaits the deadline that the machine names when it waits.
  private var isTLSDue = false

  /// A driver for a new connection.
  ///
  /// - Parameters:
  ///   - machine: The machine, not yet polled.
  ///   - transport: The open connection. Report TLS from the first byte to the machine before.
  ///   - readSize: The size of the read buffer in octets. Default 16 KiB.
  public init(_ machine: consuming Connection, over transport: consuming Transport, readSize: Int = 1 << 14) {
    self.machine = machine
    self.transport = transport
    buffer = [UInt8](repeating: 0, count: Swift.max(readSize, 1))
  }

  /// Runs the machine to its end, or until it waits for an answer that `handle` left open.
  ///
  /// After long work tell the machine the time (`advance(to:)`) before you answer, so that its next deadline counts
  /// from then.
  ///
  /// - Throws: what `handle` throws; the connection is closed then.
  public mutating func run<Failure: Error>(
    _ handle: (Connection.Event, inout Connection) throws(Failure) -> Void
  ) throws(Failure) {
    while let event = next() {
      do throws(Failure) {
        try handle(event, &machine)
      } catch {
        close()
        throw error
      }
    }
  }

  /// Waits for the machine's next event.
  ///
  /// - Returns: nil when there is none: the connection is over, or the machine waits for an answer that only the host can
  ///   give (``isClosed`` tells them apart).
  public mutating func next() -> Connection.Event? {
    if !hasStarted {
      hasStarted = true
      machine.advance(to: transport.now)
    }
    while true {
      switch machine.poll() {
      case .write:
        // What the connection takes at once; the rest is written while waiting, when the deadline is known.
        flush(until: transport.now)
      case .event(let event):
        return event
      case .trace(let record):
        trace?(record)
      case .transport(.startTLS):
        isTLSDue = true
      case .transport(.close):
        close()
      case .transport:
        // An action of a later version of the library that this driver cannot carry out.
        machine.transportDidChange(.failed, at: transport.now)
      case .wait(let wait):
        guard pause(wait) else { return nil }
      }
    }
  }

  /// Closes the connection at once. Polite ends are the machine's: `quit()`, `shutDown()`.
  public mutating func close() {
    guard !isClosed else { return }
    isClosed = true
    transport.close()
    machine.transportDidChange(.failed, at: transport.now)
  }

  // MARK: Waiting

  /// Waits for one thing and tells the machine; false when nothing can happen any more.
  private mutating func pause(_ wait: Wait) -> Bool {
    if isClosed { return false }
    if isTLSDue {
      isTLSDue = false
      secure(until: wait.deadline)
      return true
    }
    let now = transport.now
    if let deadline = wait.deadline, deadline <= now, overdue == deadline || !wait.reading {
      overdue = nil
      machine.advance(to: now)
      return true
    }
    if wait.writing {
      flush(until: wait.deadline)
    } else if wait.reading {
      read(until: wait.deadline)
    } else {
      return false
    }
    if let deadline = wait.deadline, deadline <= transport.now { overdue = deadline }
    return true
  }

  private mutating func read(until deadline: Instant?) {
    do throws(Transport.Failure) {
      switch try transport.read(into: &buffer, until: deadline) {
      case .bytes(let count): Self.hand(buffer, count, to: &machine, at: transport.now)
      case .end: machine.receiveEnd(at: transport.now)
      case .deadlinePassed: machine.advance(to: transport.now)
      }
    } catch {
      fail(error)
    }
  }

  private static func hand(_ buffer: [UInt8], _ count: Int, to machine: inout Connection, at now: Instant) {
    machine.receive(buffer.span.extracting(first: count), at: now)
  }

  private mutating func flush(until deadline: Instant?) {
    do throws(Transport.Failure) {
      try Self.flush(&machine, &transport, until: deadline)
    } catch {
      fail(error)
    }
  }

  private static func flush(
    _ machine: inout Connection, _ transport: inout Transport, until deadline: Instant?
  ) throws(Transport.Failure) {
    try machine.withOutbound { bytes throws(Transport.Failure) in
      bytes.isEmpty ? 0 : try transport.write(bytes, until: deadline)
    }
  }

  private mutating func secure(until deadline: Instant?) {
    do throws(Transport.Failure) {
      let change = try transport.startTLS(until: deadline)
      machine.transportDidChange(change, at: transport.now)
    } catch {
      fail(error)
    }
  }

  private mutating func fail(_ failure: Transport.Failure) {
    transportFailure = failure
    machine.transportDidChange(.failed, at: transport.now)
  }
}
