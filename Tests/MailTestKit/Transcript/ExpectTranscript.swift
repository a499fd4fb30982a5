public import MailWire
public import Testing

/// Drives a machine through a transcript and reports the first difference as a failure of the test.
///
/// The machine plays `side`: the other side's blocks go in, and what comes out must be this side's blocks. The transcript runs
/// with whole blocks, byte by byte, at every two-way split of each block and at random ones, with different ways of
/// writing; the output must match and the log must be the same in all runs.
///
/// ```swift
/// expectTranscript(
///   """
///   S: + ready
///   C: SAY hello
///   S: + hello
///   """, drives: .server, machine: { EchoServer() }
/// ) { event, server in
///   if case .say = event { try server.accept() }
/// }
/// ```
///
/// - Returns: the log of the events, a line each.
@discardableResult
public func expectTranscript<Subject: ConnectionMachine & ~Copyable>(
  _ text: String, drives side: Transcript.Side,
  machine: @escaping () throws -> Subject,
  log: @escaping (Subject.Event) -> LogEntry = { .line("\($0)") },
  sourceLocation: SourceLocation = #_sourceLocation,
  handle: @escaping (Subject.Event, inout Subject) throws -> Void = { _, _ in },
  act: @escaping (String, inout Subject) throws -> Void = { _, _ in }
) -> [String] {
  let hooks = TranscriptHooks(machine: machine, log: log, handle: handle, act: act)
  do {
    return try expectTranscript(Transcript(text), drives: side, hooks, sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
    return []
  }
}

/// Drives a machine through a transcript that was made in another way, such as a ``Recording``.
///
/// - Returns: the log of the events, a line each.
@discardableResult
public func expectTranscript<Subject: ConnectionMachine & ~Copyable>(
  _ transcript: Transcript, drives side: Transcript.Side, _ hooks: TranscriptHooks<Subject>,
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  do {
    return try runTranscript(transcript, drives: side, hooks)
  } catch {
    Issue.record(Comment(rawValue: error.description), sourceLocation: sourceLocation)
    return []
  }
}
