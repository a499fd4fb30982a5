@_spi(MailCodec) import MailWire
import SMTP
@_spi(MailCodec) import SMTPCodec

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Eight times the work takes eight times as long; quadratic work would take 64 times as long.
///
/// Both are done with the same number of octets, the small work eight times over, in turns. What else the machine does can
/// only lengthen a run, so a ratio that is too high counts only if it stays so: the shortest runs of ten rounds are compared.
/// `growth` counts instructions instead.
func checkLinearity(_ checks: inout Checks) {
  let (small, factor, limit) = (32_768, 8, 4.0)
  for (name, body) in allWorkloads {
    var best = (small: Double.infinity, large: Double.infinity)
    for round in 0..<10 where round < 2 || best.large > limit * best.small {
      best.small = min(best.small, processorSeconds { for _ in 0..<factor { keep(body(small)) } })
      best.large = min(best.large, processorSeconds { keep(body(small * factor)) })
    }
    // Linear is 1, quadratic 8.
    checks.expect("growth of \(name), per octet in \(factor) times as many", best.large / best.small, atMost: limit)
  }
}

/// The time that the processor spent on this program and not on others.
private func processorSeconds(_ body: () -> Void) -> Double {
  let start = clock()
  body()
  return Double(max(clock() - start, 1)) / Double(CLOCKS_PER_SEC)
}

/// What hostile peers make long, by name.
let allWorkloads = workloads + imapWorkloads

private let workloads: [(String, @Sendable (Int) -> Int)] = [
  ("a long line, an octet at a time", { longLine($0, chunk: 1) }),
  ("a long line in reads of 1 KiB", { longLine($0, chunk: 1024) }),
  ("many lines at once", { manyLines($0) }),
  ("a long reply, an octet at a time", { longReply($0) }),
  ("lone carriage returns in content", { content([13], $0) }),
  ("dots in content", { content([13, 10, 46], $0) }),
  ("pipelined commands in one read", { pipelined($0) })
]

@inline(never)
private func longLine(_ size: Int, chunk: Int) -> Int {
  var framer = LineFramer(limit: size + 2)
  var buffer = ReceiveBuffer()
  var lines = 0
  forEachChunk([UInt8](repeating: 120, count: size) + [13, 10], chunk) { piece in
    buffer.append(piece)
    while case .line(let length, let ending) = framer.next(in: &buffer) {
      buffer.consume(length + ending)
      lines += 1
    }
  }
  return lines
}

@inline(never)
private func manyLines(_ size: Int) -> Int {
  var framer = LineFramer(limit: 100)
  var buffer = ReceiveBuffer()
  buffer.append([UInt8](String(repeating: "\r\n", count: size / 2).utf8).span)
  var lines = 0
  while case .line(let length, let ending) = framer.next(in: &buffer) {
    buffer.consume(length + ending)
    lines += 1
  }
  return lines
}

@inline(never)
private func longReply(_ size: Int) -> Int {
  var framer = SMTPReplyFramer(limits: SMTPReplyLimits(line: 100, total: 2 * size, lines: size))
  var buffer = ReceiveBuffer()
  var replies = 0
  forEachChunk([UInt8]((String(repeating: "250-x\r\n", count: size / 7) + "250 x\r\n").utf8), 1) { piece in
    buffer.append(piece)
    while case .reply(let length) = framer.next(in: buffer) {
      buffer.consume(length)
      replies += 1
    }
  }
  return replies
}

@inline(never)
private func content(_ pattern: [UInt8], _ size: Int) -> Int {
  var text: [UInt8] = []
  while text.count < size { text += pattern }
  var encoder = DotStuffingEncoder()
  var wire: [UInt8] = []
  encoder.encode(text.span, into: &wire)
  encoder.finish(into: &wire)
  var decoder = DotStuffingDecoder(policy: .normalise)
  var result: [UInt8] = []
  _ = decoder.decode(wire.span, into: &result)
  return result.count
}

@inline(never)
private func pipelined(_ size: Int) -> Int {
  var server = lenientSMTPServer()
  _ = serve(&server)
  server.receive([UInt8]("EHLO c\r\n".utf8).span, at: .zero)
  server.receive([UInt8](String(repeating: "RSET\r\n", count: size / 6).utf8).span, at: .zero)
  return serve(&server)
}
