@_spi(MailCodec) import MailWire

/// The parameters of a body part, borrowed.
public struct BodyParametersView: ~Escapable {
  let layout: LayoutView
  let base: Int
  /// How many there are.
  public let count: Int

  @_lifetime(copy layout)
  init(_ layout: LayoutView, at index: Int) {
    let run = layout.run(index)
    base = run.lowerBound
    count = run.count / 2
    self.layout = layout
  }

  /// The name of the parameter at an index, which must be below ``count``.
  @_lifetime(copy self)
  public func name(_ index: Int) -> Span<UInt8> {
    precondition(index >= 0 && index < count, "index beyond the parameters")
    return layout.octets(layout.entries[base &+ index &* 2])
  }

  /// The value of the parameter at an index, which must be below ``count``.
  @_lifetime(copy self)
  public func value(_ index: Int) -> Span<UInt8> {
    precondition(index >= 0 && index < count, "index beyond the parameters")
    return layout.octets(layout.entries[base &+ index &* 2 &+ 1])
  }

  /// The value of the first parameter of this name, in either case; nil when there is none.
  @_lifetime(copy self)
  public func value(of name: Span<UInt8>) -> Span<UInt8>? {
    for index in 0..<count where self.name(index).hasSameLetters(as: name) { return value(index) }
    return nil
  }

  var copies: [BodyParameter] {
    var copies: [BodyParameter] = []
    copies.reserveCapacity(count)
    for index in 0..<count {
      copies.append(BodyParameter(checkedName: name(index).copied(), value: value(index).copied()))
    }
    return copies
  }
}
