import Testing

@testable import PostOffice

@Test func textsAreReadInAnyPlace() throws {
  let place = try TemporaryFolder()
  var random = SeededGenerator(seed: 1)
  // Of an odd length, so that some portion begins between CR and LF.
  let long = String(repeating: "line\r\nother\n\n\r.", count: 25_000)
  let texts = ["", "a", "\n", "\r\n", "a\nb\n", "a\r\nb\r\n", "\r\r\n\n\r", "x\r\ny\nz", long, long + "\n"]
  for (number, text) in texts.enumerated() {
    let path = place.path + "/\(number)"
    try Files.write(text, to: path)
    var expected: [UInt8] = []
    for byte in text.utf8 {
      if byte == 10, expected.last != 13 { expected.append(13) }
      expected.append(byte)
    }
    for known in [nil, UInt64(expected.count), 3] {
      let content = try MessageContent(path, size: known)
      let isRaw = known == UInt64(text.utf8.count)
      let whole = isRaw ? Array(text.utf8) : expected
      #expect(content.size == UInt64(whole.count), "\(number)")
      var places = [(0, whole.count + 10), (whole.count, 1), (max(0, whole.count - 1), 5)]
      for _ in 0..<(whole.count > 1000 ? 20 : 40) {
        places.append((Int.random(in: 0...whole.count, using: &random), Int.random(in: 0...9, using: &random)))
      }
      var isRight = true
      for (offset, count) in places {
        let part = try content.read(count, at: UInt64(offset))
        isRight = isRight && part == Array(whole.dropFirst(offset).prefix(count))
      }
      #expect(isRight, "\(number)")
    }
  }
}
