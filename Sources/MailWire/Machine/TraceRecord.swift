/// One line of a conversation for a log: secrets hidden, control characters escaped.
public struct TraceRecord: Hashable, Sendable, CustomStringConvertible {
  /// Who spoke.
  @frozen
  public enum Speaker: Sendable {
    /// The client.
    case client
    /// The server.
    case server
  }

  /// Who spoke.
  public let speaker: Speaker
  /// What was said, in printable ASCII, without the line ending.
  public let text: [UInt8]

  /// The record of a line, with what is not printable ASCII written as `\xHH` and a backslash doubled.
  public init(_ speaker: Speaker, line: Span<UInt8>) {
    self.speaker = speaker
    var text: [UInt8] = []
    text.reserveCapacity(line.count)
    for index in line.indices { text.appendEscaped(line[index]) }
    self.text = text
  }

  /// The record of something that is not shown, such as a password or a message's text.
  public init(_ speaker: Speaker, hidden description: StaticString) {
    self.speaker = speaker
    var output = OutboundBuffer()
    output.append(description)
    text = output.bytes.copied()
  }

  /// The record of a line that is shown up to `shown` octets and hidden after them.
  public init(_ speaker: Speaker, line: Span<UInt8>, hiddenAfter shown: Int) {
    self.init(speaker, line: line.extracting(first: shown), suffix: "<hidden>")
  }

  /// The record of a line with text of the machine's around it.
  @_spi(MailCodec)
  public init(_ speaker: Speaker, line: Span<UInt8>, prefix: StaticString = "", suffix: StaticString) {
    self.speaker = speaker
    var output = OutboundBuffer()
    output.append(prefix)
    var text = output.bytes.copied()
    for index in line.indices { text.appendEscaped(line[index]) }
    output.removeAll()
    output.append(suffix)
    text.append(output.bytes)
    self.text = text
  }

  /// A record of each whole line.
  static func lines(_ speaker: Speaker, _ bytes: Span<UInt8>) -> [TraceRecord] {
    var records: [TraceRecord] = []
    var start = 0
    while let feed = bytes.firstIndex(of: .lineFeed, from: start) {
      let end = feed > start && bytes[feed - 1] == .carriageReturn ? feed - 1 : feed
      records.append(TraceRecord(speaker, line: bytes.extracting(start..<end)))
      start = feed + 1
    }
    return records
  }

  /// `C: ` or `S: ` and the text.
  public var description: String {
    (speaker == .client ? "C: " : "S: ") + String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  fileprivate mutating func appendEscaped(_ byte: UInt8) {
    if byte == 92 { return append(contentsOf: [92, 92]) }
    if byte.isASCIIPrintable { return append(byte) }
    append(contentsOf: [92, 120, Self.hexadecimal(byte >> 4), Self.hexadecimal(byte & 15)])
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 55 + digit }
}
