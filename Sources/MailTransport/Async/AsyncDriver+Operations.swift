#if !hasFeature(Embedded)
  import MailWire

  // Each operation is a task of its own that reports to the actor; closing the transport ends them all.
  extension AsyncDriver where Connection: ~Copyable {
    func startReading() {
      guard !isReading, !isSecuring, !isClosed else { return }
      isReading = true
      Task {
        do throws(Transport.Failure) {
          didRead(.bytes(try await transport.read()))
        } catch {
          didRead(.failure(error))
        }
      }
    }

    private func didRead(_ arrival: Arrival<Transport.Failure>) {
      isReading = false
      if !isClosed { arrived = arrival }
      wake()
    }

    func take(_ arrival: Arrival<Transport.Failure>) {
      switch arrival {
      case .bytes(let bytes) where bytes.isEmpty: machine.receiveEnd(at: transport.now)
      case .bytes(let bytes): machine.receive(bytes.span, at: transport.now)
      case .failure(let failure): fail(failure)
      }
    }

    /// Writes a copy and lets the machine forget the bytes only when they are written: so it knows how many wait, and its
    /// changes of the transport stay behind them.
    func startWriting() {
      guard !isWriting, !isClosed else { return }
      var bytes: [UInt8] = []
      machine.withOutbound { waiting in
        bytes.reserveCapacity(waiting.count)
        for index in waiting.indices { bytes.append(waiting[index]) }
        return 0
      }
      guard !bytes.isEmpty else { return }
      isWriting = true
      Task { [bytes] in
        do throws(Transport.Failure) {
          try await transport.write(bytes)
          didWrite(bytes.count)
        } catch {
          isWriting = false
          fail(error)
          wake()
        }
      }
    }

    private func didWrite(_ count: Int) {
      isWriting = false
      // Fewer when the machine dropped its last bytes in the meantime.
      machine.withOutbound { waiting in min(count, waiting.count) }
      wake()
    }

    func startTLS() {
      guard !isReading else {
        // A read under way would swallow the handshake; no machine asks for TLS while it wants input.
        return machine.transportDidChange(.tlsFailed, at: transport.now)
      }
      if let arrival = arrived {
        arrived = nil
        return take(arrival)
      }
      isSecuring = true
      Task {
        do throws(Transport.Failure) {
          let change = try await transport.startTLS()
          isSecuring = false
          machine.transportDidChange(change, at: transport.now)
        } catch {
          isSecuring = false
          fail(error)
        }
        wake()
      }
    }

    func setTimer(_ deadline: Instant?) {
      if timer?.deadline == deadline { return }
      timer?.task.cancel()
      timer = nil
      guard let deadline else { return }
      let task = Task {
        await transport.sleep(until: deadline)
        if !Task.isCancelled { didReach(deadline) }
      }
      timer = (deadline, task)
    }

    private func didReach(_ deadline: Instant) {
      if timer?.deadline == deadline { timer = nil }
      wake()
    }
  }
#endif
