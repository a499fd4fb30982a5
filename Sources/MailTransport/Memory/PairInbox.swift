import MailWire

/// What is on its way to one end, in order.
struct PairInbox {
  private var packets: [(arrival: Instant, bytes: [UInt8])] = []
  /// The packets and the octets of the next one that are delivered.
  private var delivered = 0
  private var offset = 0
  /// When the peer's end of file arrives, behind the last packet.
  var end: Instant?

  var isEmpty: Bool { delivered == packets.count }

  var nextArrival: Instant? { isEmpty ? nil : packets[delivered].arrival }

  mutating func append(_ bytes: [UInt8], arriving arrival: Instant) { packets.append((arrival, bytes)) }

  /// The next piece that has arrived, cut as the conditions say; a random piece may go on into the next packets.
  mutating func take(_ now: Instant, _ conditions: PairConditions, _ dice: inout PairDice) -> [UInt8]? {
    var wanted = 0
    for packet in packets[delivered...].prefix(while: { $0.arrival <= now }) {
      wanted += packet.bytes.count
      if !conditions.isRandom || wanted > 4096 { break }
    }
    wanted -= offset
    guard wanted > 0 else { return nil }
    wanted = conditions.piece(of: wanted, &dice)
    var piece: [UInt8] = []
    while piece.count < wanted {
      let bytes = packets[delivered].bytes
      let end = Swift.min(bytes.count, offset + wanted - piece.count)
      piece += bytes[offset..<end]
      offset = end
      if offset == bytes.count {
        packets[delivered].bytes = []
        delivered += 1
        offset = 0
      }
    }
    if isEmpty {
      packets.removeAll(keepingCapacity: true)
      delivered = 0
    }
    return piece
  }
}
