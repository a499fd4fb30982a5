import MailWire

/// Prints conversations as they happen, each line behind its connection: `[3 smtp] C: EHLO client.test`.
final class WireLog {
  private let isOn: Bool
  private var count = 0

  init(isOn: Bool) { self.isOn = isOn }

  /// What the next connection hands its trace records to; nil when nobody wants them.
  func nextTrace(_ name: String) -> ((TraceRecord) -> Void)? {
    guard isOn else { return nil }
    count += 1
    let prefix = "[\(count) \(name)] "
    return { record in Console.line(prefix + record.description) }
  }
}
