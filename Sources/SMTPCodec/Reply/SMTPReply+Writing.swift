@_spi(MailCodec) public import MailWire

extension SMTPReply {
  /// The longest line that is written, in octets, CRLF included:
  /// [RFC 5321 §4.5.3.1.5](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.5). Longer text is broken at spaces.
  public static let maximumLine = 512

  /// The reply as octets, CRLF included.
  public var encoded: [UInt8] {
    var output = OutboundBuffer()
    write(to: &output)
    return output.bytes.copied()
  }

  /// Appends all lines of the reply.
  ///
  /// - Parameter includesStatus: whether the peers agreed on enhanced status codes.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, includesStatus: Bool = true) {
    let status = includesStatus ? status : nil
    // Code, separator, the longest status code and its space, CRLF.
    let room = Self.maximumLine - 4 - 10 - 2
    let bytes = text.span
    var start = 0
    while true {
      let feed = bytes.firstIndex(of: .lineFeed, from: start) ?? bytes.count
      let end = feed - start <= room ? feed : Self.breakingPoint(bytes, start, room)
      let isLast = end == bytes.count
      output.append(decimal: UInt64(code.number))
      output.append(isLast ? .space : 45)
      if let status {
        status.write(to: &output)
        output.append(.space)
      }
      output.append(bytes.extracting(start..<end))
      output.appendLineEnd()
      if isLast { return }
      start = bytes[end] == .lineFeed || bytes[end] == .space ? end + 1 : end
    }
  }

  /// The last space that fits, or the limit itself.
  private static func breakingPoint(_ bytes: Span<UInt8>, _ start: Int, _ room: Int) -> Int {
    var end = start + room
    while end > start + room / 2 {
      if bytes[end] == .space { return end }
      end -= 1
    }
    return start + room
  }
}
