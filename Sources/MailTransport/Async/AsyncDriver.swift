#if !hasFeature(Embedded)
  public import MailWire

  /// Runs a machine over an ``AsyncTransport``.
  ///
  /// ```swift
  /// let driver = AsyncDriver(SMTPServer(configuration: configuration), over: channel)
  /// while let event = await driver.next() {
  ///   switch event {
  ///   case .recipient(let path, _):
  ///     let isKnown = await directory.contains(path)
  ///     try await driver.withMachine { server throws(MisuseError) in
  ///       try isKnown ? server.accept() : server.reject(.noSuchUser)
  ///     }
  ///   ...
  ///   }
  /// }
  /// ```
  ///
  /// The host may answer at any time and from any task: ``withMachine(_:)`` wakes the driver. Reads, writes, the handshake
  /// and the deadline go on side by side, so a peer that takes no bytes cannot stop the clock. A cancelled ``next()``
  /// closes the connection.
  public actor AsyncDriver<Connection: ConnectionMachine & ~Copyable, Transport: AsyncTransport> {
    /// The transport.
    public nonisolated let transport: Transport
    /// Why the transport broke, if it did.
    public private(set) var transportFailure: Transport.Failure?
    /// Whether the connection is closed; the machine may still have events.
    public private(set) var isClosed = false

    var machine: Connection
    private let trace: (@Sendable (TraceRecord) -> Void)?
    private var hasStarted = false

    // One of each kind may be under way.
    var isReading = false
    var isWriting = false
    var isSecuring = false
    var timer: (deadline: Instant, task: Task<Void, Never>)?
    /// What was read while the machine wanted no input.
    var arrived: Arrival<Transport.Failure>?
    private var waiter: CheckedContinuation<Void, Never>?
    /// Something happened since the driver last looked.
    private var isAwake = false

    /// A driver for a new connection.
    ///
    /// - Parameters:
    ///   - machine: The machine, not yet polled.
    ///   - transport: The open connection. Report TLS from the first byte to the machine before.
    ///   - trace: Takes each trace record, when the machine's configuration turns tracing on.
    public init(
      _ machine: consuming sending Connection, over transport: Transport,
      trace: (@Sendable (TraceRecord) -> Void)? = nil
    ) {
      self.machine = machine
      self.transport = transport
      self.trace = trace
    }

    /// Runs the machine to its end; `handle` may take its time and answers through ``withMachine(_:)``.
    ///
    /// - Throws: what `handle` throws; the connection is closed then.
    public nonisolated(nonsending) func run<Failure: Error>(
      _ handle: (Connection.Event, AsyncDriver) async throws(Failure) -> Void
    ) async throws(Failure) {
      while let event = await next() {
        do throws(Failure) {
          try await handle(event, self)
        } catch {
          await close()
          throw error
        }
      }
    }

    /// Lends the machine to `body`, with the time told, and acts on what it put out.
    ///
    /// - Throws: what `body` throws.
    public func withMachine<Result: Sendable, Failure: Error>(
      _ body: @Sendable (inout Connection) throws(Failure) -> Result
    ) throws(Failure) -> Result {
      machine.advance(to: transport.now)
      defer { wake() }
      return try body(&machine)
    }

    /// Waits for the machine's next event; nil when the connection is over. One task at a time may wait.
    public func next() async -> Connection.Event? {
      if !hasStarted {
        hasStarted = true
        machine.advance(to: transport.now)
      }
      while true {
        if Task.isCancelled { await close() }
        switch machine.poll() {
        case .write: startWriting()
        case .event(let event): return event
        case .trace(let record): trace?(record)
        case .transport(.startTLS): startTLS()
        case .transport(.close): await close()
        // An action of a later version of the library that this driver cannot carry out.
        case .transport: machine.transportDidChange(.failed, at: transport.now)
        case .wait(let wait):
          if isClosed { return nil }
          await pause(wait)
        }
      }
    }

    /// Closes the connection at once. Polite ends are the machine's: `quit()`, `shutDown()`.
    public func close() async {
      guard !isClosed else { return }
      isClosed = true
      timer?.task.cancel()
      timer = nil
      arrived = nil
      await transport.close()
      machine.transportDidChange(.failed, at: transport.now)
      wake()
    }

    // MARK: Waiting

    /// Starts what the machine waits for and returns when something has happened.
    private func pause(_ wait: Wait) async {
      if wait.writing { startWriting() }
      if wait.reading {
        if let arrival = arrived {
          arrived = nil
          return take(arrival)
        }
        startReading()
      }
      if let deadline = wait.deadline, deadline <= transport.now { return machine.advance(to: transport.now) }
      setTimer(wait.deadline)
      if !isAwake {
        await withTaskCancellationHandler {
          await withCheckedContinuation { continuation in
            if isAwake || Task.isCancelled { continuation.resume() } else { waiter = continuation }
          }
        } onCancel: {
          Task { await self.wake() }
        }
      }
      isAwake = false
    }

    func wake() {
      isAwake = true
      waiter?.resume()
      waiter = nil
    }

    func fail(_ failure: Transport.Failure) {
      if transportFailure == nil, !isClosed { transportFailure = failure }
      machine.transportDidChange(.failed, at: transport.now)
    }
  }

  /// What a read brought.
  enum Arrival<Failure: Error>: Sendable {
    case bytes([UInt8])
    case failure(Failure)
  }
#endif
