@_spi(MailCodec) import MailWire

/// Octets that were fed and are not yet understood, and where in the recording they are.
struct TapInput {
  var buffer = ReceiveBuffer()
  private(set) var received: UInt64 = 0
  private(set) var isAtEnd = false

  /// Where the first octet of the buffer is.
  var offset: UInt64 { received - UInt64(buffer.count) }

  mutating func append(_ bytes: Span<UInt8>) {
    received += UInt64(bytes.count)
    buffer.append(bytes)
  }

  mutating func finish() { isAtEnd = true }

  /// The octets that the end of input left over, as a unit of their own; nil when there are none.
  mutating func takeRest(_ what: String, since start: UInt64? = nil) -> TapUnit? {
    let start = start ?? offset
    buffer.removeAll()
    guard received > start else { return nil }
    return .incomplete(what, at: start, length: received - start)
  }
}
