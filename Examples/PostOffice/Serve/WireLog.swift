import MailWire

/// Prints conversations as they happen, each line behind its connection: `[3 smtp] C: EHLO client.test`.
final class WireLog {
  private let isOn: Bool
  private let indentation: String
  private var count = 0

  init(isOn: Bool, indentation: String = "") {
    self.isOn = isOn
    self.indentation = indentation
  }

  /// What the next connection hands its trace records to; nil when nobody wants them.
  func nextTrace(_ name: String) -> ((TraceRecord) -> Void)? {
    guard isOn else { return nil }
    count += 1
    let prefix = "\(indentation)[\(count) \(name)] "
    return { record in Console.line(prefix + record.description) }
  }

  /// Prints that a conversation did not come about.
  func note(_ text: String) {
    if isOn { Console.line(indentation + text) }
  }
}
