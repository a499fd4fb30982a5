/// Cuts one side of a conversation into units.
protocol Tap {
  /// What was fed.
  var input: TapInput { get set }

  /// The next unit; nil when more octets must be fed first, or none are left.
  mutating func next() throws(Failure) -> TapUnit?
}

extension Tap {
  mutating func feed(_ bytes: Span<UInt8>) { input.append(bytes) }

  mutating func feedEnd() { input.finish() }
}
