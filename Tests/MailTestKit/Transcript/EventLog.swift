/// What a test notes of an event.
public enum LogEntry: Sendable {
  /// A line of the log.
  case line(String)
  /// A part of a message's content: adjacent parts are one entry of the log, however they were cut.
  case content([UInt8])
  /// Nothing.
  case none
}

/// The events of a run, as lines that two runs can be compared by.
public struct EventLog: Sendable {
  private var finished: [String] = []
  private var content: [UInt8]?

  /// An empty log.
  public init() {}

  /// The lines so far; content appears as `content: ` and its octets, escaped.
  public var lines: [String] {
    guard let content else { return finished }
    return finished + ["content: " + visible(content)]
  }

  /// Notes an event.
  public mutating func append(_ entry: LogEntry) {
    switch entry {
    case .content(let part):
      content = (content ?? []) + part
    case .line(let line):
      finished = lines
      content = nil
      finished.append(line)
    case .none:
      break
    }
  }
}
