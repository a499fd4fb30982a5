/// What the way between two machines of a ``MachinePair`` is like.
public struct PairConditions: Hashable, Sendable {
  /// How bytes are cut on their way.
  @frozen
  public enum Chunking: Hashable, Sendable {
    /// Each write arrives in one piece.
    case whole
    /// Each octet arrives by itself.
    case byteByByte
    /// Pieces of 1 to `longest` octets, cut across writes; writes are taken in parts, too.
    case random(longest: Int)
  }

  /// How bytes are cut. Default whole.
  public var chunking: Chunking
  /// What the random cuts and the turns follow from.
  public var seed: UInt64
  /// How long the client's bytes are under way. Default zero.
  public var clientDelay: Duration
  /// How long the server's bytes are under way. Default zero.
  public var serverDelay: Duration
  /// Whether TLS is established before the first octet. Default false.
  public var beginsWithTLS: Bool
  /// Whether handshakes fail. Default false.
  public var tlsFails: Bool
  /// The step at which the connection breaks for both; bytes under way are lost. Default never.
  public var resetAfterSteps: Int?
  /// The steps after which a run gives up. Default 1,000,000.
  public var maximumSteps: Int

  /// Perfect conditions, or others; `delay` is that of both directions.
  public init(
    chunking: Chunking = .whole, seed: UInt64 = 0, delay: Duration = .zero, beginsWithTLS: Bool = false,
    tlsFails: Bool = false, resetAfterSteps: Int? = nil, maximumSteps: Int = 1_000_000
  ) {
    self.chunking = chunking
    self.seed = seed
    clientDelay = delay
    serverDelay = delay
    self.beginsWithTLS = beginsWithTLS
    self.tlsFails = tlsFails
    self.resetAfterSteps = resetAfterSteps
    self.maximumSteps = maximumSteps
  }

  var isRandom: Bool {
    if case .random = chunking { return true }
    return false
  }

  func piece(of count: Int, _ dice: inout PairDice) -> Int {
    switch chunking {
    case .whole: count
    case .byteByByte: 1
    case .random(let longest): Swift.min(count, 1 + dice.below(Swift.max(longest, 1)))
    }
  }
}

/// SplitMix64: the pair must not depend on the host's idea of randomness.
struct PairDice {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 33) % bound
  }
}
