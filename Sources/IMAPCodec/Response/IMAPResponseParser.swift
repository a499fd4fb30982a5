@_spi(MailCodec) public import MailWire

/// Parses whole responses, one after another, and keeps its scratch memory between them.
///
/// A unit is a response from its first octet to its end, with its line end or without it, all literals included, as
/// an IMAP framer finds it.
///
///     var parser = IMAPResponseParser()
///     let fetch = try parser.fetch(unit)        // borrowed: no allocation
///     let owned = FetchResponse(fetch)          // two allocations
public struct IMAPResponseParser: ~Copyable, Sendable {
  var builder: LayoutBuilder

  /// A parser with these limits and quirks.
  public init(limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client) {
    builder = LayoutBuilder(limits: limits, quirks: quirks)
  }

  /// The deviations that the last response needed.
  public var usedQuirks: IMAPQuirks { builder.context.used }

  /// Parses a `FETCH` response into a view, which borrows the unit and the parser.
  ///
  /// - Throws: ``SyntaxError`` where the response leaves the grammar, unless ``IMAPQuirks/malformedItem`` lets the item be
  ///   kept as text.
  @_lifetime(&self, copy unit)
  public mutating func fetch(_ unit: Span<UInt8>) throws(SyntaxError) -> FetchResponseView {
    try builder.reset(unit.count)
    return try fetchItems(unit)
  }

  /// Parses a `FETCH` response of which sections may have been streamed.
  ///
  /// - Throws: ``SyntaxError``, as for octets that are all there.
  @_lifetime(&self, copy unit)
  public mutating func fetch(_ unit: borrowing IMAPUnitView) throws(SyntaxError) -> FetchResponseView {
    try builder.reset(unit)
    return try fetchItems(unit.text)
  }

  @inline(__always)
  @_lifetime(&self, copy unit)
  private mutating func fetchItems(_ unit: Span<UInt8>) throws(SyntaxError) -> FetchResponseView {
    var cursor = ByteCursor(unit)
    var head = FetchHead()
    try builder.fetchHead(&cursor, &head)
    try builder.fetchItems(&cursor, &head)
    try builder.end(&cursor)
    return FetchResponseView(builder.view(unit), head)
  }
}

extension LayoutBuilder {
  /// `"*" SP nz-number SP "FETCH" SP`
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func fetchHead(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    if usualHead(&cursor, &head) { return }
    try cursor.expect(.asterisk)
    try space(&cursor)
    head.number = try messageNumber(&cursor)
    try space(&cursor)
    switch cursor.takeKeyword() {
    case IMAPWord("fetch"): break
    case IMAPWord("uidfetch"): head.isUIDFetch = true
    default: throw cursor.error(.badToken)
    }
    try value(&cursor)
  }

  /// The number before `FETCH`, `EXPUNGE` and the like.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func messageNumber(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    let start = cursor.offset
    let number = try cursor.takeNumber32()
    guard number > 0 || context.accepts(.zeroMessageNumber) else { throw SyntaxError(.badNumber, at: start) }
    return number
  }

  /// The end of the response: CRLF, or nothing.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func end(_ cursor: inout ByteCursor) throws(SyntaxError) {
    if cursor.remaining == 2, cursor.bytes[cursor.offset] == 13, cursor.bytes[cursor.offset &+ 1] == 10 { return }
    if cursor.next == .space { try skipSpaces(&cursor, .trailingSpace) }
    if cursor.isAtEnd { return }
    if !cursor.skip(.carriageReturn), cursor.next == .lineFeed, !context.accepts(.bareLineFeed) {
      throw cursor.unexpected
    }
    guard cursor.skip(.lineFeed), cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }
}
