@_spi(MailCodec) import MailWire

/// The message ids in a field, without angle brackets and needless quotes.
///
/// [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3): `<"a"@b>` and `<a@b>` are the same.
enum MessageIDs {
  /// The last so many ids of a field, in order; the newest ancestors are the last.
  static func list(_ value: Span<UInt8>, limit: Int) -> [[UInt8]] {
    var ids: [[UInt8]] = []
    var offset = 0
    while let start = value.firstIndex(of: 60, from: offset) {
      offset = start + 1
      var id: [UInt8] = []
      var isQuoted = false
      while offset < value.count {
        let byte = value[offset]
        // An id that never ends gives way to the next one.
        if !isQuoted, byte == 62 || byte == 60 { break }
        offset += 1
        switch byte {
        case 34: isQuoted.toggle()
        case 92 where isQuoted && offset < value.count:
          id.append(value[offset])
          offset += 1
        case 32, 9, 13, 10: break
        default: id.append(byte)
        }
      }
      guard offset < value.count, value[offset] == 62, !id.isEmpty else { continue }
      // Twice the limit at most, so that dropping costs no more than reading.
      if ids.count >= limit * 2 { ids.removeFirst(limit) }
      ids.append(id)
    }
    return ids.count > limit ? [[UInt8]](ids.suffix(limit)) : ids
  }
}
