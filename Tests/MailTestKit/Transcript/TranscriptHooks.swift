public import MailWire

/// What a transcript's test adds to the text: the machine, the host's answers, and what is noted of an event.
public struct TranscriptHooks<Subject: ConnectionMachine & ~Copyable> {
  /// Makes the machine, anew for each run: the place to reset what the other closures remember.
  public var machine: () throws -> Subject
  /// What the log shall say of an event.
  public var log: (Subject.Event) -> LogEntry
  /// Acts for the host at `-- do NAME`.
  public var act: (String, inout Subject) throws -> Void
  /// Handles an event as the host would: answers it, asks for the next step.
  public var handle: (Subject.Event, inout Subject) throws -> Void

  /// Hooks; only the machine is needed.
  public init(
    machine: @escaping () throws -> Subject,
    log: @escaping (Subject.Event) -> LogEntry = { .line("\($0)") },
    handle: @escaping (Subject.Event, inout Subject) throws -> Void = { _, _ in },
    act: @escaping (String, inout Subject) throws -> Void = { _, _ in }
  ) {
    self.machine = machine
    self.log = log
    self.act = act
    self.handle = handle
  }
}

/// How a run cuts the blocks that the machine receives.
enum Cut: CustomStringConvertible {
  case whole
  case byteByByte
  /// Every block in two, at this offset or, in a shorter block, at this offset modulo its length.
  case inTwo(Int)
  case random(UInt64)

  /// The runs of a transcript whose longest block has `longest` octets: every two-way split of each block is among them.
  static func all(longest: Int) -> [Cut] {
    [.whole, .byteByByte] + (1..<max(longest, 2)).map { .inTwo($0) } + (1...8).map { .random($0) }
  }

  func pieces(of count: Int, _ generator: inout SplitMix64) -> [Range<Int>] {
    switch self {
    case .whole: return [0..<count]
    case .byteByByte: return (0..<count).map { $0..<($0 + 1) }
    case .inTwo(let place):
      let place = count == 0 ? 0 : place % count
      return place == 0 ? [0..<count] : [0..<place, place..<count]
    case .random: return generator.pieces(of: count, longest: 24)
    }
  }

  var description: String {
    switch self {
    case .whole: "whole blocks"
    case .byteByByte: "byte by byte"
    case .inTwo(let place): "blocks cut at \(place)"
    case .random(let seed): "random cuts, seed \(seed)"
    }
  }
}
