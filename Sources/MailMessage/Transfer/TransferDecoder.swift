@_spi(MailCodec) import MailWire

/// Undoes a transfer encoding, piece by piece.
///
/// It takes the pieces as they come, however they are cut, does linear work and keeps at most 1,024 octets.
///
///     var decoder = TransferDecoder(.base64)
///     decoder.decode(piece.span, into: &content)
///     decoder.finish(into: &content)
public struct TransferDecoder: Sendable {
  private enum State: Sendable {
    case identity
    case base64(Base64Decoder)
    case quotedPrintable(QuotedPrintableDecoder)
  }

  private var state: State

  /// A decoder of this encoding; nil for ``TransferEncoding/unknown``.
  public init?(_ encoding: TransferEncoding) {
    switch encoding {
    case .sevenBit, .eightBit, .binary: state = .identity
    case .base64: state = .base64(Base64Decoder())
    case .quotedPrintable: state = .quotedPrintable(QuotedPrintableDecoder())
    case .unknown: return nil
    }
  }

  /// Decodes the next piece and appends what it gives.
  public mutating func decode(_ piece: Span<UInt8>, into output: inout [UInt8]) {
    switch state {
    case .identity: output.append(piece)
    case .base64(var decoder):
      decoder.decode(piece, into: &output)
      state = .base64(decoder)
    case .quotedPrintable(var decoder):
      state = .identity
      decoder.decode(piece, into: &output)
      state = .quotedPrintable(decoder)
    }
  }

  /// Appends what was held back; the decoder may begin anew then.
  public mutating func finish(into output: inout [UInt8]) {
    switch state {
    case .identity: break
    case .base64: state = .base64(Base64Decoder())
    case .quotedPrintable(var decoder):
      decoder.finish(into: &output)
      state = .quotedPrintable(decoder)
    }
  }

  /// Decodes a whole body; nil for ``TransferEncoding/unknown``.
  public static func decode(_ body: Span<UInt8>, _ encoding: TransferEncoding) -> [UInt8]? {
    guard var decoder = TransferDecoder(encoding) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(encoding == .base64 ? body.count / 4 * 3 : body.count)
    decoder.decode(body, into: &output)
    decoder.finish(into: &output)
    return output
  }
}
