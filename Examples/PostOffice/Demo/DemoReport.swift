import MailWire

/// What the demonstration prints: sections with a conversation each, and a table of what was to be shown.
struct DemoReport {
  private var rows: [(claim: String, evidence: String, isTrue: Bool)] = []

  /// Begins a section.
  func section(_ title: String) { Console.line("\n== \(title)\n") }

  /// Prints a line of a conversation.
  func trace(_ record: TraceRecord) { Console.line("   \(record)") }

  /// Notes whether something was shown, and by what.
  mutating func check(_ claim: String, _ isTrue: Bool, _ evidence: String) { rows.append((claim, evidence, isTrue)) }

  /// Prints the table, and says whether everything was shown.
  func conclude() -> Bool {
    section("What was shown")
    let width = rows.map(\.claim.count).max() ?? 0
    for row in rows {
      let claim = row.claim + String(repeating: " ", count: width - row.claim.count)
      Console.line("   \(row.isTrue ? "ok    " : "FAILED")  \(claim)  \(row.evidence)")
    }
    return !rows.isEmpty && rows.allSatisfy(\.isTrue)
  }
}
