public import IMAPCodec
public import MailMessage
@_spi(MailCodec) import MailWire

/// A part whose transfer encoding is to be undone.
///
/// [RFC 3516 §4.3](https://www.rfc-editor.org/rfc/rfc3516#section-4.3)
///
///     C: A1 FETCH 1 BINARY[2]
public struct BinarySection: Hashable, Sendable {
  /// The place of the encoded content.
  public let range: Range<Int>
  /// Its encoding. For ``MailMessage/TransferEncoding/unknown`` the server answers `NO [UNKNOWN-CTE]`.
  public let encoding: TransferEncoding

  /// The decoded content, for `BINARY`; nil when the encoding is unknown.
  ///
  /// - Parameters:
  ///   - partial: the octets of the decoded content that are wanted; all by default.
  ///   - bytes: the octets that the message was made from.
  public func content(_ partial: PartialRange? = nil, in bytes: Span<UInt8>) -> [UInt8]? {
    guard let content = TransferDecoder.decode(bytes.extracting(range), encoding) else { return nil }
    guard let partial else { return content }
    let start = Int(min(partial.offset, UInt64(content.count)))
    let count = Int(min(partial.count, UInt64(content.count - start)))
    return [UInt8](content[start..<(start + count)])
  }

  /// The octets of the decoded content, for `BINARY.SIZE`; nil when the encoding is unknown. It keeps no more than a piece of the
  /// content in memory.
  public func size(in bytes: Span<UInt8>) -> Int? {
    guard var decoder = TransferDecoder(encoding) else { return nil }
    var size = 0
    var piece: [UInt8] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let end = min(offset + 65_536, range.upperBound)
      decoder.decode(bytes.extracting(offset..<end), into: &piece)
      size += piece.count
      piece.removeAll(keepingCapacity: true)
      offset = end
    }
    decoder.finish(into: &piece)
    return size + piece.count
  }
}

extension Message {
  /// The part that `BINARY[…]` or `BINARY.SIZE[…]` names; nil when there is none. What has parts is given as it is.
  public func binarySection(_ path: SectionPath) -> BinarySection? {
    guard !path.isEmpty else { return BinarySection(range: 0..<size, encoding: .binary) }
    guard let index = part(path) else { return nil }
    return BinarySection(
      range: parts[index].body, encoding: parts[index].kind == .single ? parts[index].encoding : .binary)
  }
}
