public import MailWire

/// Where a machine left a transcript.
public struct TranscriptFailure: Error, CustomStringConvertible {
  /// The transcript's line.
  public let line: Int
  /// What differed, and in which run.
  public internal(set) var description: String

  init(line: Int, text: String) {
    self.line = line
    description = text
  }
}

/// Drives a machine through a transcript in all the ways that ``expectTranscript(_:drives:_:sourceLocation:)`` names.
///
/// - Returns: the log, the same in all runs.
/// - Throws: the first difference.
public func runTranscript<Subject: ConnectionMachine & ~Copyable>(
  _ transcript: Transcript, drives side: Transcript.Side, _ hooks: TranscriptHooks<Subject>
) throws(TranscriptFailure) -> [String] {
  var longest = 0
  for case .block(side.peer, let bytes) in transcript.steps.map(\.step) { longest = max(longest, bytes.count) }
  var first: [String]?
  for cut in Cut.all(longest: longest) {
    let log: [String]
    do {
      var run = try TranscriptRun(hooks, as: side, cut: cut)
      log = try run.run(transcript)
    } catch let failure as TranscriptFailure {
      throw TranscriptFailure(line: failure.line, text: "line \(failure.line), \(cut): \(failure.description)")
    } catch {
      throw TranscriptFailure(line: 0, text: "\(cut): the test's closures threw \(error)")
    }
    guard let expected = first else {
      first = log
      continue
    }
    if log != expected {
      let line = zip(log, expected).prefix { $0 == $1 }.count
      throw TranscriptFailure(
        line: 0,
        text: "\(cut): the log differs from the one of whole blocks at its line \(line + 1)"
          + "\n  expected \(line < expected.count ? expected[line] : "its end")"
          + "\n  actual   \(line < log.count ? log[line] : "its end")")
    }
  }
  return first ?? []
}
