@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire

/// Feeds bytes to a framer in pieces and notes what it says.
struct FramerRun {
  /// What to do with each announced literal, in order; the last answer is repeated.
  enum Answer { case keep, stream, refuse, abort }

  var framer: IMAPFramer
  var answers: [Answer]
  private(set) var log: [String] = []
  private(set) var largestBuffer = 0
  private var content: [UInt8] = []
  private var asked = 0

  init(_ framer: IMAPFramer, _ answers: [Answer] = [.keep]) {
    self.framer = framer
    self.answers = answers
  }

  mutating func run(_ bytes: [UInt8], _ pieces: [Range<Int>]) -> [String] {
    var buffer = ReceiveBuffer()
    for piece in pieces {
      buffer.append(bytes.span.extracting(piece))
      drain(&buffer)
      largestBuffer = max(largestBuffer, buffer.count)
    }
    if !buffer.isEmpty, log.last != "failed" { log.append("rest") }
    return log
  }

  private mutating func drain(_ buffer: inout ReceiveBuffer) {
    while true {
      switch framer.next(in: &buffer) {
      case .incomplete: return
      case .failed:
        if log.last != "failed" { log.append("failed") }
        return
      case .unit(let length, let ending):
        log.append("unit " + text(buffer.bytes.extracting(first: length)))
        buffer.consume(length + ending)
      case .discarded(let unit): log.append("discarded \(unit.tag?.description ?? "-") \(unit.reason)")
      case .content(let length):
        content += buffer.bytes.extracting(first: length).copied()
        buffer.consume(length)
      case .endOfContent:
        log.append("content " + text(content.span))
        content = []
      case .literal(let header, let length): answer(header, length, &buffer)
      }
    }
  }

  private mutating func answer(_ header: LiteralHeader, _ length: Int, _ buffer: inout ReceiveBuffer) {
    let answer = answers[min(asked, answers.count - 1)]
    asked += 1
    do throws(MisuseError) {
      switch answer {
      case .keep: try framer.keepLiteral()
      case .stream, .abort:
        let head = text(buffer.bytes.extracting(first: length))
        try framer.streamLiteral()
        log.append("head " + head)
        buffer.consume(length)
        if answer == .abort { try framer.discardUnit(in: &buffer) }
      case .refuse: try framer.discardUnit(in: &buffer)
      }
    } catch {
      log.append("\(error)")
      try? framer.discardUnit(in: &buffer)
    }
  }

  private func text(_ span: Span<UInt8>) -> String {
    String(decoding: span.copied(), as: UTF8.self).replacing("\r\n", with: "|")
  }
}
