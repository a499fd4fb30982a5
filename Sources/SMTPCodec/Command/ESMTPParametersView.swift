@_spi(MailCodec) import MailWire

/// The parameters of a `MAIL` or `RCPT` command, borrowed and known to be well-formed.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2): `Mail-parameters`, `Rcpt-parameters`.
///
///     C: MAIL FROM:<susan@website.test> SIZE=1042 BODY=8BITMIME
public struct ESMTPParametersView: ~Escapable {
  /// The octets, from the first keyword to the end of the last value.
  public let bytes: Span<UInt8>

  /// The most parameters that one command may have.
  public static let maximumCount = 32

  @_lifetime(copy bytes)
  init(unchecked bytes: Span<UInt8>) { self.bytes = bytes }

  /// Whether there are none.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The value of the parameter with this keyword: empty when it has none, nil when it is absent.
  @_lifetime(copy self)
  public func value(of keyword: borrowing ESMTPKeyword) -> Span<UInt8>? {
    var cursor = ByteCursor(bytes)
    while !cursor.isAtEnd {
      let name = cursor.take { $0 != 61 && $0 != .space }
      let value = cursor.skip(61) ? cursor.take { $0 != .space } : cursor.bytes.extracting(0..<0)
      if name.hasSameLetters(as: keyword.bytes.span) { return value }
      _ = cursor.skipAll(.space)
    }
    return nil
  }

  /// Calls `body` with each keyword and its value, in order; the value is nil when there is no equals sign.
  public func forEach<Failure: Error>(
    _ body: (Span<UInt8>, Span<UInt8>?) throws(Failure) -> Void
  ) throws(Failure) {
    var cursor = ByteCursor(bytes)
    while !cursor.isAtEnd {
      let name = cursor.take { $0 != 61 && $0 != .space }
      if cursor.skip(61) {
        let value = cursor.take { $0 != .space }
        try body(name, value)
      } else {
        try body(name, nil)
      }
      _ = cursor.skipAll(.space)
    }
  }

  /// Parses ` keyword[=value]…` up to the end of the cursor.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> ESMTPParametersView {
    guard !cursor.isAtEnd else { return ESMTPParametersView(unchecked: cursor.takeRest()) }
    guard cursor.skip(.space) else { throw cursor.error(.trailingBytes) }
    let start = cursor.offset
    var end = start - 1
    var count = 0
    var seen = KeywordFilter()
    let bytes = cursor.bytes
    while !cursor.isAtEnd {
      let name = cursor.offset
      var nameEnd = name
      while nameEnd < bytes.count {
        let byte = bytes[nameEnd]
        guard byte.isASCIILetterOrDigit || byte == 45 else { break }
        nameEnd &+= 1
      }
      guard nameEnd > name, bytes[name] != 45 else {
        // Nothing but spaces left: the quirk of a command that ends in one.
        guard cursor.skipAll(.space) > 0, cursor.isAtEnd else { throw SyntaxError(.badParameter, at: name) }
        break
      }
      guard nameEnd &- name <= ESMTPKeyword.maximumLength else { throw SyntaxError(.tooLong, at: name) }
      seen.add(bytes[name], bytes[nameEnd &- 1], nameEnd &- name)
      cursor.offset = nameEnd
      if cursor.skip(61) {
        let valueEnd = bytes.graphicEnd(from: nameEnd &+ 1, except: 61)
        cursor.offset = valueEnd
        guard valueEnd > nameEnd &+ 1 else { throw cursor.error(.badParameter) }
      }
      count += 1
      guard count <= maximumCount else { throw SyntaxError(.tooMany, at: name) }
      end = cursor.offset
      guard cursor.isAtEnd || cursor.skip(.space) else { throw cursor.error(.badParameter) }
    }
    if end < cursor.bytes.count {
      guard quirks.contains(.trailingSpace) else { throw SyntaxError(.trailingBytes, at: end) }
      used.insert(.trailingSpace)
    }
    let view = ESMTPParametersView(unchecked: cursor.bytes.extracting(start..<max(start, end)))
    if seen.mayHaveDuplicates { try view.refuseDuplicates(offset: start) }
    return view
  }

  /// A keyword that occurs twice has no agreed meaning.
  private func refuseDuplicates(offset: Int) throws(SyntaxError) {
    var cursor = ByteCursor(bytes)
    while !cursor.isAtEnd {
      let start = cursor.offset
      let name = cursor.take { $0 != 61 && $0 != .space }
      _ = cursor.take { $0 != .space }
      _ = cursor.skip(.space)
      var rest = cursor
      while !rest.isAtEnd {
        let other = rest.take { $0 != 61 && $0 != .space }
        if name.hasSameLetters(as: other) { throw SyntaxError(.duplicate, at: offset + start) }
        _ = rest.take { $0 != .space }
        _ = rest.skip(.space)
      }
    }
  }
}

/// Tells cheaply that keywords are all different, as they nearly always are: a bit for each of 64 mixtures of their first
/// letter, last letter and length.
private struct KeywordFilter {
  private var bits: UInt64 = 0
  private(set) var mayHaveDuplicates = false

  @inline(always)
  mutating func add(_ first: UInt8, _ last: UInt8, _ length: Int) {
    let mixture = (first.asciiLowercased &* 7) ^ (last.asciiLowercased &* 13) ^ UInt8(truncatingIfNeeded: length)
    let bit: UInt64 = 1 &<< UInt64(mixture & 63)
    if bits & bit != 0 { mayHaveDuplicates = true }
    bits |= bit
  }
}
