@_spi(MailCodec) import MailWire

/// The first octet says the limit and whether a bare LF ends a line; the rest is what arrives.
func checkLineFramer(_ input: Span<UInt8>) throws(Finding) {
  guard let first = input.isEmpty ? nil : input[0] else { return }
  let limit = 2 + Int(first >> 1)
  let acceptsBareLineFeed = first & 1 == 1
  let stream = input.extracting(droppingFirst: 1)
  let expected = linesOfModel(stream.array, limit, acceptsBareLineFeed)
  for cut in Cut.allCases {
    var framer = LineFramer(limit: limit, acceptsBareLineFeed: acceptsBareLineFeed)
    var buffer = ReceiveBuffer()
    var lines: [[UInt8]?] = []
    try stream.forEachPiece(cut) { (piece) throws(Finding) in
      buffer.append(piece)
      while let line = nextLine(&framer, &buffer) { lines.append(line) }
      try require(buffer.count <= limit, "\(buffer.count) octets stayed in the buffer")
    }
    try require(lines == expected, "lines differ when cut \(cut): \(lines) instead of \(expected)")
  }
}

/// The next line; an inner nil for one that was too long.
private func nextLine(_ framer: inout LineFramer, _ buffer: inout ReceiveBuffer) -> [UInt8]?? {
  switch framer.next(in: &buffer) {
  case .incomplete:
    return nil
  case .tooLong:
    return .some(nil)
  case .line(let length, let ending):
    let line = buffer.bytes.extracting(first: length).array
    buffer.consume(length + ending)
    return line
  }
}

private func linesOfModel(_ stream: [UInt8], _ limit: Int, _ acceptsBareLineFeed: Bool) -> [[UInt8]?] {
  var lines: [[UInt8]?] = []
  var line: [UInt8] = []
  for byte in stream {
    line.append(byte)
    guard byte == 10 else { continue }
    let hasCarriageReturn = line.count > 1 && line[line.count - 2] == 13
    guard hasCarriageReturn || acceptsBareLineFeed else { continue }
    lines.append(line.count > limit ? nil : Array(line.dropLast(hasCarriageReturn ? 2 : 1)))
    line = []
  }
  return lines
}
