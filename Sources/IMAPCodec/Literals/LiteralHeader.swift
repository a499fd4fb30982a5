@_spi(MailCodec) import MailWire

/// What announces a literal: how many octets follow its line, and what kind it is.
///
/// [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3); `literal8` by
/// [RFC 3516 §4.4](https://www.rfc-editor.org/rfc/rfc3516#section-4.4); the plus sign by
/// [RFC 7888](https://www.rfc-editor.org/rfc/rfc7888).
///
///     C: A1 LOGIN {5+}
///     C: susan {6+}
public struct LiteralHeader: Hashable, Sendable {
  /// The octets that follow.
  public let size: UInt64
  /// `{n+}`: the sender does not wait for a continuation request.
  public let isNonSynchronising: Bool
  /// `~{n}`: a `literal8`, whose octets may be NUL.
  public let isBinary: Bool

  /// A header of these parts.
  public init(size: UInt64, isNonSynchronising: Bool = false, isBinary: Bool = false) {
    self.size = size
    self.isNonSynchronising = isNonSynchronising
    self.isBinary = isBinary
  }

  /// Writes the header and its line end.
  func write(to writer: inout IMAPWriter) {
    if isBinary { writer.append(.tilde) }
    writer.append(.openBrace)
    writer.append(decimal: size)
    if isNonSynchronising { writer.append(.plus) }
    writer.append(.closeBrace)
    writer.appendLineEnd()
  }
}
