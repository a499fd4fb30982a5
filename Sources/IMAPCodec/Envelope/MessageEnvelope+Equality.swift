@_spi(MailCodec) import MailWire

extension MessageEnvelope: Hashable {
  /// Equal when all fields are; no allocation.
  public static func == (left: MessageEnvelope, right: MessageEnvelope) -> Bool { left.view.isEqual(to: right.view) }

  /// Hashes all fields; no allocation.
  public func hash(into hasher: inout Hasher) { view.hash(into: &hasher) }
}

extension MessageEnvelopeView {
  /// Whether all fields are equal.
  func isEqual(to other: borrowing MessageEnvelopeView) -> Bool {
    guard date.isEqual(to: other.date), subject.isEqual(to: other.subject), inReplyTo.isEqual(to: other.inReplyTo),
      messageID.isEqual(to: other.messageID)
    else { return false }
    for field in EnvelopeField.from.rawValue...EnvelopeField.bcc.rawValue {
      let run = layout.run(base &+ field)
      let otherRun = other.layout.run(other.base &+ field)
      guard run.count == otherRun.count else { return false }
      for index in 0..<run.count {
        let part = layout.string(run.lowerBound &+ index)
        guard part.isEqual(to: other.layout.string(otherRun.lowerBound &+ index)) else { return false }
      }
    }
    return true
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(date)
    hasher.combine(subject)
    hasher.combine(inReplyTo)
    hasher.combine(messageID)
    for field in EnvelopeField.from.rawValue...EnvelopeField.bcc.rawValue {
      let run = layout.run(base &+ field)
      hasher.combine(run.count)
      for index in run { hasher.combine(layout.string(index)) }
    }
  }
}

extension Optional where Wrapped == Span<UInt8> {
  /// Whether both are nil, or both hold the same octets.
  func isEqual(to other: Span<UInt8>?) -> Bool {
    guard let self else { return other == nil }
    guard let other else { return false }
    return self.hasSameBytes(as: other)
  }
}

extension Hasher {
  /// Mixes in octets with their number, or that there are none.
  mutating func combine(_ octets: Span<UInt8>?) {
    guard let octets else { return combine(-1) }
    combine(octets.count)
    unsafe octets.withUnsafeBytes { unsafe combine(bytes: $0) }
  }
}
