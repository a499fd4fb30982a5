import MailTestKit
import MailTransport
import MailWire
import Synchronization

/// A transport for the async driver whose peer and whose clock are the test.
final class FakeChannel: AsyncTransport {
  private struct State {
    var now = Instant.zero
    var incoming: [Result<[UInt8], Broken>] = []
    var reader: CheckedContinuation<Result<[UInt8], Broken>, Never>?
    var written: [UInt8] = []
    var takesWrites = true
    var writer: CheckedContinuation<Void, Never>?
    var sleepers: [(deadline: Instant, continuation: CheckedContinuation<Void, Never>)] = []
    var isClosed = false
    var log: [String] = []
    var handshake = TransportChange.tls(TLSDescription())
  }

  private let state = Mutex(State())

  // MARK: The test's side

  var written: String { state.withLock { visible($0.written) } }
  var log: [String] { state.withLock { $0.log } }
  var isReading: Bool { state.withLock { $0.reader != nil } }
  var isSleeping: Bool { state.withLock { !$0.sleepers.isEmpty } }

  func send(_ text: String) { deliver(.success(Array(text.utf8))) }
  func end() { deliver(.success([])) }
  func breakDown() { deliver(.failure(Broken(text: "read"))) }

  func set(takesWrites: Bool) {
    let writer = state.withLock { state in
      state.takesWrites = takesWrites
      return takesWrites ? state.writer.take() : nil
    }
    writer?.resume()
  }

  func set(handshake: TransportChange) { state.withLock { $0.handshake = handshake } }

  func pass(_ duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now + duration
      let now = state.now
      let due = state.sleepers.filter { $0.deadline <= now }.map(\.continuation)
      state.sleepers.removeAll { $0.deadline <= now }
      return due
    }
    for continuation in due { continuation.resume() }
  }

  private func deliver(_ result: Result<[UInt8], Broken>) {
    let reader = state.withLock { state in
      let reader = state.reader.take()
      if reader == nil { state.incoming.append(result) }
      return reader
    }
    reader?.resume(returning: result)
  }

  // MARK: The driver's side

  var now: Instant { state.withLock { $0.now } }

  func sleep(until deadline: Instant) async {
    await withCheckedContinuation { continuation in
      let isDue = state.withLock { state in
        if deadline <= state.now || state.isClosed { return true }
        state.sleepers.append((deadline, continuation))
        return false
      }
      if isDue { continuation.resume() }
    }
  }

  func read() async throws(Broken) -> [UInt8] {
    let result = await withCheckedContinuation { continuation in
      let ready: Result<[UInt8], Broken>? = state.withLock { state in
        if state.isClosed { return .success([]) }
        if !state.incoming.isEmpty { return state.incoming.removeFirst() }
        state.reader = continuation
        return nil
      }
      if let ready { continuation.resume(returning: ready) }
    }
    return try result.get()
  }

  func write(_ bytes: [UInt8]) async throws(Broken) {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if state.takesWrites || state.isClosed { return true }
        state.writer = continuation
        return false
      }
      if isReady { continuation.resume() }
    }
    let isClosed = state.withLock { state in
      if !state.isClosed { state.written += bytes }
      return state.isClosed
    }
    if isClosed { throw Broken(text: "closed") }
  }

  func startTLS() async throws(Broken) -> TransportChange {
    state.withLock { state in
      state.log.append("TLS after \(state.written.count)")
      return state.handshake
    }
  }

  func close() async {
    let (reader, writer, sleepers) = state.withLock { state in
      state.isClosed = true
      state.log.append("close after \(state.written.count)")
      let sleepers = state.sleepers.map(\.continuation)
      state.sleepers = []
      return (state.reader.take(), state.writer.take(), sleepers)
    }
    reader?.resume(returning: .success([]))
    writer?.resume()
    for sleeper in sleepers { sleeper.resume() }
  }
}

/// Waits until something is so, for at most five seconds.
func eventually(_ condition: () async -> Bool) async -> Bool {
  for _ in 0..<5_000 {
    if await condition() { return true }
    try? await Task.sleep(for: .milliseconds(1))
  }
  return false
}
