import MailTestKit
import MailTransport
import MailWire

/// A clock that the test and the transport share.
final class ManualClock {
  var now = Instant.zero
}

struct Broken: Error, Equatable {
  var text: String
}

/// A transport that plays a script and remembers what was written.
struct ScriptedTransport: BlockingTransport, ~Copyable {
  enum Step {
    case bytes(String)
    case silence(Duration)
    case end
    case broken
  }

  let clock: ManualClock
  var script: [Step]
  /// How many octets one write takes.
  var writeSize = Int.max
  /// How many octets the peer takes in all before it stops reading.
  var capacity = Int.max
  var handshake: TransportChange? = .tls(TLSDescription())
  private(set) var written: [UInt8] = []
  private(set) var log: [String] = []

  init(_ script: [Step], clock: ManualClock = ManualClock()) {
    self.script = script
    self.clock = clock
  }

  var now: Instant { clock.now }

  mutating func read(into buffer: inout [UInt8], until deadline: Instant?) throws(Broken) -> BlockingRead {
    while true {
      switch script.first {
      case .bytes(let text):
        let bytes = Array(text.utf8)
        let count = min(buffer.count, bytes.count)
        buffer.replaceSubrange(0..<count, with: bytes[..<count])
        script.removeFirst()
        if count < bytes.count { script.insert(.bytes(String(decoding: bytes[count...], as: UTF8.self)), at: 0) }
        return .bytes(count)
      case .silence(let duration):
        script.removeFirst()
        let end = clock.now + duration
        if let deadline, deadline < end {
          script.insert(.silence(end - max(deadline, clock.now)), at: 0)
          clock.now = max(deadline, clock.now)
          return .deadlinePassed
        }
        clock.now = end
      case .end:
        return .end
      case .broken:
        throw Broken(text: "read")
      case nil:
        guard let deadline else { throw Broken(text: "would wait for ever") }
        clock.now = max(clock.now, deadline)
        return .deadlinePassed
      }
    }
  }

  mutating func write(_ bytes: Span<UInt8>, until deadline: Instant?) throws(Broken) -> Int {
    let count = min(bytes.count, writeSize, capacity)
    if count == 0 {
      guard let deadline else { throw Broken(text: "would wait for ever") }
      clock.now = max(clock.now, deadline)
      return 0
    }
    capacity -= count
    for index in 0..<count { written.append(bytes[index]) }
    return count
  }

  mutating func startTLS(until deadline: Instant?) throws(Broken) -> TransportChange {
    log.append("TLS after \(written.count)")
    guard let handshake else { throw Broken(text: "handshake") }
    return handshake
  }

  mutating func close() { log.append("close after \(written.count)") }
}
