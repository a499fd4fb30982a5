@_spi(MailCodec) public import MailWire

extension POP3Response {
  /// The response as octets, CRLF included.
  public var encoded: [UInt8] {
    var output = OutboundBuffer()
    write(to: &output)
    return output.bytes.copied()
  }

  /// The length in octets, CRLF included.
  public var encodedCount: Int {
    let code = code.map { $0.bytes.count + 3 } ?? 0
    let text = text.isEmpty && status != .continuation ? 0 : text.count + 1
    return status.text.utf8CodeUnitCount + code + text + 2
  }

  /// Appends the line and its CRLF.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append(status.text)
    if let code {
      output.append(" [")
      output.append(code.bytes)
      output.append(93)
    }
    if !text.isEmpty || status == .continuation {
      output.append(.space)
      output.append(text)
    }
    output.appendLineEnd()
  }
}
