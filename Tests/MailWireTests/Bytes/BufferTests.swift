import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct BufferTests {
  private struct Mismatch: Error { var text: String }

  /// Random appends and takes, against an array.
  @Test func receiveBuffer() throws {
    var generator = SplitMix64(seed: 13)
    for _ in 0..<50 {
      var buffer = ReceiveBuffer()
      var model: [UInt8] = []
      for _ in 0..<100 {
        if generator.below(2) == 0 {
          let bytes = generator.hostileBytes(below: 600)
          buffer.append(bytes.span)
          model += bytes
        } else {
          let count = generator.below(model.count + 1)
          buffer.consume(count)
          model.removeFirst(count)
        }
        if buffer.bytes.copied() != model || buffer.count != model.count || buffer.isEmpty != model.isEmpty {
          throw Mismatch(text: "differs from the model")
        }
      }
      buffer.removeAll()
      if !buffer.isEmpty { Issue.record("removeAll left something") }
    }
  }

  /// Units that arrive an octet at a time: what is kept between them and set aside for the next one is bounded, whatever
  /// they hold.
  @Test func receiveBufferMemory() throws {
    for size in [1, 2, 100, 128, 129, 900, 2048, 5000] {
      var buffer = ReceiveBuffer()
      for round in 0..<200 {
        for index in 0..<size {
          buffer.append([UInt8(truncatingIfNeeded: index &+ round)].span)
          // Array rounds a capacity up to what malloc gives.
          if index == 0, buffer.retainedBytes > min(max(128, size * 2), 2048) + 64 {
            throw Mismatch(text: "\(buffer.retainedBytes) octets set aside behind \(size)")
          }
        }
        for index in 0..<size where buffer.bytes[index] != UInt8(truncatingIfNeeded: index &+ round) {
          throw Mismatch(text: "octet \(index) of \(size)")
        }
        if buffer.count != size { throw Mismatch(text: "\(buffer.count) octets, not \(size)") }
        buffer.consume(size)
        if !buffer.isEmpty || buffer.retainedBytes > 128 {
          throw Mismatch(text: "\(buffer.retainedBytes) octets kept behind \(size)")
        }
      }
    }
  }

  @Test func outboundBuffer() throws {
    var generator = SplitMix64(seed: 14)
    var taken: [UInt8] = []
    for _ in 0..<50 {
      var buffer = OutboundBuffer()
      var model: [UInt8] = []
      for _ in 0..<100 {
        switch generator.below(4) {
        case 0:
          let bytes = generator.hostileBytes(below: 400)
          buffer.append(bytes.span)
          model += bytes
        case 1:
          buffer.append("250 ok" as StaticString)
          buffer.appendLineEnd()
          buffer.append(46)
          model += Array("250 ok\r\n.".utf8)
        case 2:
          let count = generator.below(model.count + 1)
          buffer.consume(count)
          model.removeFirst(count)
        default:
          guard generator.below(4) == 0 else { continue }
          buffer.exchange(with: &taken)
          if taken != model { throw Mismatch(text: "exchange gave something else") }
          model = []
        }
        if buffer.bytes.copied() != model || buffer.count != model.count {
          throw Mismatch(text: "differs from the model")
        }
      }
    }
  }

  @Test func decimals() {
    for value in [0, 1, 9, 10, 99, 100, 101, 12345, 999_999_999, UInt64(Int64.max), .max - 1, .max] {
      var buffer = OutboundBuffer()
      buffer.append(decimal: value)
      #expect(visible(buffer.bytes.copied()) == "\(value)")
    }
  }

  @Test func eventQueueKeepsOrder() throws {
    var generator = SplitMix64(seed: 15)
    var queue = EventQueue<Int>()
    var (next, expected) = (0, 0)
    for _ in 0..<10_000 {
      if generator.below(2) == 0 {
        queue.append(next)
        next += 1
      } else if let value = queue.popFirst() {
        if value != expected { throw Mismatch(text: "\(value) before \(expected)") }
        expected += 1
      } else if expected != next || !queue.isEmpty {
        throw Mismatch(text: "an event is lost")
      }
    }
  }
}
