@_spi(MailCodec) import MailWire

/// Counts the lines by a search of sixteen octets at a time: the least that any line protocol must do.
@inline(never)
func lineCount(_ bytes: [UInt8]) -> Int {
  let span = bytes.span
  var count = 0
  var offset = 0
  while let feed = span.firstIndex(of: .lineFeed, from: offset) {
    count &+= 1
    offset = feed &+ 1
  }
  return count
}
