/// What happens to a machine, read from an input: octets of the peer, and between them what the host does.
///
/// The octet 255 begins an action when the octet behind it names one; everything else is the peer's.
enum Action {
  /// The peer's octets, from here to there.
  case octets(Range<Int>)
  /// TLS is established, if the machine asked for it; or has failed.
  case handshake(succeeds: Bool)
  case transportFails
  case peerEnds
  case secondsPass(Int64)
  /// The transport takes no more octets, or takes them again.
  case writingStops
  case writingGoesOn
  /// The host does something of its own; the octet says what.
  case command(UInt8)
}

struct Script {
  private(set) var actions: [Action] = []

  /// The script in `input`, from `start` on.
  init(_ input: Span<UInt8>, from start: Int) {
    var octets = start
    var offset = start
    while offset + 2 < input.count {
      guard input[offset] == 255, let action = Script.action(input[offset + 1], input[offset + 2]) else {
        offset += 1
        continue
      }
      if octets < offset { actions.append(.octets(octets..<offset)) }
      actions.append(action)
      offset += 3
      octets = offset
    }
    if octets < input.count { actions.append(.octets(octets..<input.count)) }
  }

  private static func action(_ name: UInt8, _ argument: UInt8) -> Action? {
    switch name {
    case UInt8(ascii: "T"): .handshake(succeeds: argument != UInt8(ascii: "-"))
    case UInt8(ascii: "F"): .transportFails
    case UInt8(ascii: "E"): .peerEnds
    case UInt8(ascii: "A"): .secondsPass(Int64(argument) * 4)
    case UInt8(ascii: "B"): .writingStops
    case UInt8(ascii: "U"): .writingGoesOn
    case UInt8(ascii: "C"): .command(argument)
    default: nil
    }
  }
}

/// The decisions of a host: as good as random, and the same for the same input.
struct Decisions {
  private var state: UInt64

  init(seed: UInt8) { state = UInt64(seed) }

  /// A number below `bound`.
  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: state >> 33) % bound
  }
}
