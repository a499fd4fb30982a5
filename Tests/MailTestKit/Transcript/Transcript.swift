/// A conversation as text: what each side says, and what else happens.
///
/// ```
/// S: 220 mail.website.test        a line of the server; CRLF is added
/// C: STARTTLS
/// S: 220 Go ahead
/// -- tls                          TLS is established (first of all: before the greeting)
/// C! QUI\r\n\x00\\                raw octets of the client, nothing added
/// -- +30s                         time passes (ms, s, m, h)
/// -- do shutdown                  the host acts: the test's `act` closure gets the name
/// -- end                          the peer closes its side
/// -- closed                       the machine must have closed
/// ```
///
/// `-- tls failed` and `-- failed` report a failed handshake and a broken transport. Empty lines and lines that begin with
/// `#` say nothing. Adjacent lines of one side are one block.
public struct Transcript: Sendable {
  /// One of the two ends.
  public enum Side: Sendable {
    /// The end that connected.
    case client
    /// The end that was connected to.
    case server

    /// The other end.
    public var peer: Side { self == .client ? .server : .client }
    /// The letter before its lines.
    public var letter: String { self == .client ? "C" : "S" }
  }

  /// What happens.
  public enum Step: Sendable {
    /// One side speaks.
    case block(Side, [UInt8])
    /// TLS is established.
    case tls
    /// The handshake fails.
    case tlsFailed
    /// The connection breaks.
    case failed
    /// Time passes.
    case passes(Duration)
    /// The host acts.
    case act(String)
    /// The peer closes its side.
    case end
    /// The machine must have closed.
    case closed
  }

  /// A mistake in a transcript's text.
  public struct Mistake: Error, CustomStringConvertible {
    /// What is wrong, with the line.
    public let description: String
  }

  /// The steps, each with the number of its first line.
  public private(set) var steps: [(line: Int, step: Step)] = []

  /// A transcript in which nothing happens yet.
  public init() {}

  /// Lets `side` speak. Adjacent octets of one side are one block.
  public mutating func append(_ side: Side, _ bytes: [UInt8], line: Int = 0) {
    if let last = steps.last, case .block(side, let earlier) = last.step {
      steps[steps.count - 1].step = .block(side, earlier + bytes)
    } else {
      append(.block(side, bytes), line: line)
    }
  }

  /// Appends a step.
  public mutating func append(_ step: Step, line: Int = 0) { steps.append((line, step)) }

  /// Every line that `side` says, without its CRLF: for round trips through a codec.
  public func lines(of side: Side) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for case .block(side, let bytes) in steps.map(\.step) {
      var line: [UInt8] = []
      for byte in bytes {
        line.append(byte)
        if byte == 10, line.suffix(2) == [13, 10] {
          lines.append(Array(line.dropLast(2)))
          line = []
        }
      }
      if !line.isEmpty { lines.append(line) }
    }
    return lines
  }
}
