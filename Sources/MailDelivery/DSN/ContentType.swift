@_spi(MailCodec) import MailWire

/// What `Content-Type` and `Content-Transfer-Encoding` say of a message or a part.
///
/// [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1). Comments and unknown parameters are skipped.
struct ContentType {
  private(set) var type: [UInt8] = []
  private(set) var subtype: [UInt8] = []
  private(set) var boundary: [UInt8]?
  private(set) var reportType: [UInt8]?

  /// The most octets of a boundary; [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1) allows 70.
  private static let maximumBoundary = 250

  init(_ value: Span<UInt8>) {
    var cursor = ByteCursor(value)
    type = Self.token(&cursor)
    Self.skipSpace(&cursor)
    guard cursor.skip(47) else { return }
    subtype = Self.token(&cursor)
    while !cursor.isAtEnd {
      _ = cursor.take { $0 != 59 }
      guard cursor.skip(59) else { return }
      let name = Self.token(&cursor)
      Self.skipSpace(&cursor)
      guard cursor.skip(61) else { continue }
      let text = Self.value(&cursor)
      if name.span.isSame(as: "boundary"), boundary == nil, !text.isEmpty, text.count <= Self.maximumBoundary {
        boundary = text
      } else if name.span.isSame(as: "report-type"), reportType == nil {
        reportType = text
      }
    }
  }

  func isType(_ type: StaticString, _ subtype: StaticString) -> Bool {
    self.type.span.isSame(as: type) && self.subtype.span.isSame(as: subtype)
  }

  @_lifetime(cursor: copy cursor)
  private static func skipSpace(_ cursor: inout ByteCursor) {
    var depth = 0
    while let byte = cursor.next {
      switch byte {
      case 40: depth += 1
      case 41 where depth > 0: depth -= 1
      case 92 where depth > 0 && cursor.remaining > 1: cursor.offset += 1
      case .space, 9, .carriageReturn, .lineFeed: break
      default: if depth == 0 { return }
      }
      cursor.offset += 1
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func token(_ cursor: inout ByteCursor) -> [UInt8] {
    skipSpace(&cursor)
    let token = cursor.take { $0.isASCIIGraphic && $0 != 47 && $0 != 59 && $0 != 61 && $0 != 34 && $0 != 40 }
    return token.count <= 100 ? token.copied() : []
  }

  @_lifetime(cursor: copy cursor)
  private static func value(_ cursor: inout ByteCursor) -> [UInt8] {
    skipSpace(&cursor)
    guard cursor.skip(34) else {
      return cursor.take { $0.isASCIIGraphic && $0 != 59 && $0 != 40 }.copied()
    }
    var text: [UInt8] = []
    while let byte = cursor.next, byte != 34 {
      cursor.offset += 1
      if byte == 92, let escaped = cursor.next {
        text.append(escaped)
        cursor.offset += 1
      } else if byte != .carriageReturn, byte != .lineFeed {
        text.append(byte)
      }
    }
    _ = cursor.skip(34)
    return text
  }
}
