@_spi(MailCodec) public import MailWire

/// The timestamp in a greeting, angle brackets included: what an `APOP` digest is calculated from.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7): a `msg-id`, different in each greeting. The grammar is
/// that of [RFC 5322 §3.6.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4) and nothing wider: an attacker who may
/// choose arbitrary octets here can find out the password, MD5 being broken.
public struct APOPTimestamp: Hashable, Sendable, CustomStringConvertible {
  /// The octets, from `<` to `>`.
  public let bytes: [UInt8]

  /// Validates a timestamp.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` unless it is a `msg-id` of atoms, `tooLong` beyond 256 octets.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard span.count <= 256 else { throw SyntaxError(.tooLong, at: 256) }
    guard Self.length(of: span, at: 0) == span.count else { throw SyntaxError(.badToken, at: 0) }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// The first timestamp anywhere in the text of a greeting; nil without one.
  ///
  ///     S: +OK ready <1896.697170952@dbc.mtview.ca.us> at your service
  public init?(inGreeting text: Span<UInt8>) {
    var start = text.firstIndex(of: 60)
    while let here = start {
      if let length = Self.length(of: text, at: here), length <= 256 {
        bytes = text.extracting(here..<(here + length)).copied()
        return
      }
      start = text.firstIndex(of: 60, from: here + 1)
    }
    return nil
  }

  /// The timestamp as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  /// The length of `"<" dot-atom-text "@" (dot-atom-text / no-fold-literal) ">"` at `start`; nil when there is none.
  private static func length(of span: Span<UInt8>, at start: Int) -> Int? {
    var cursor = ByteCursor(span)
    cursor.offset = start
    guard cursor.skip(60), skipDotAtom(&cursor), cursor.skip(64) else { return nil }
    if cursor.skip(91) {
      _ = cursor.take { $0.isASCIIGraphic && !($0 &- 91 < 3) }
      guard cursor.skip(93) else { return nil }
    } else {
      guard skipDotAtom(&cursor) else { return nil }
    }
    return cursor.skip(62) ? cursor.offset - start : nil
  }

  @_lifetime(cursor: copy cursor)
  private static func skipDotAtom(_ cursor: inout ByteCursor) -> Bool {
    repeat {
      guard !cursor.take(while: isAtomText).isEmpty else { return false }
    } while cursor.skip(.dot)
    return true
  }

  /// Letters, digits and ``!#$%&'*+-/=?^_`{|}~``.
  private static func isAtomText(_ byte: UInt8) -> Bool {
    ASCIIClass(low: 0xA3FF_ACFA_0000_0000, high: 0x7FFF_FFFF_C7FF_FFFE).contains(byte)
  }
}
