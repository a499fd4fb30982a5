@_spi(MailCodec) import MailWire

/// Where the parts of an envelope lie in its ten entries.
enum EnvelopeField: Int {
  case date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageID

  static var count: Int { 10 }
}

extension LayoutBuilder {
  /// `envelope`: ten entries, and behind them four for each address.
  ///
  /// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
  @_lifetime(cursor: copy cursor)
  mutating func envelope(_ cursor: inout ByteCursor) throws(SyntaxError) -> Int {
    try cursor.expect(40)
    var isWrapped = false
    if cursor.next == 40, context.accepts(.wrappedEnvelope) {
      cursor.offset &+= 1
      isWrapped = true
    }
    let base = reserve(EnvelopeField.count)
    let date = try nstring(&cursor)
    entries[base] = date
    try space(&cursor)
    let subject = try nstring(&cursor)
    entries[base &+ 1] = subject
    for field in EnvelopeField.from.rawValue...EnvelopeField.bcc.rawValue {
      try space(&cursor)
      let list = try addresses(&cursor)
      entries[base &+ field] = list
    }
    for field in EnvelopeField.inReplyTo.rawValue...EnvelopeField.messageID.rawValue {
      if cursor.next == 41, context.accepts(.shortEnvelope) { break }
      try space(&cursor)
      let identifier = try nstring(&cursor)
      entries[base &+ field] = identifier
    }
    try close(&cursor)
    if isWrapped { try close(&cursor) }
    return base
  }

  /// `"(" 1*address ")" / nil`
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func addresses(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    guard cursor.skip(40) else {
      guard cursor.skipNil() else { throw cursor.unexpected }
      return .null
    }
    let first = entries.count
    var count = 0
    while !cursor.skip(41) {
      if usualAddress(&cursor) {
        count &+= 1
        guard count <= context.limits.elements else { throw cursor.error(.tooMany) }
        continue
      }
      guard cursor.skip(40) else {
        try betweenAddresses(&cursor)
        continue
      }
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      entries.append(try nstring(&cursor))
      try space(&cursor)
      entries.append(try nstring(&cursor))
      try space(&cursor)
      entries.append(try nstring(&cursor))
      try space(&cursor)
      entries.append(try nstring(&cursor))
      try close(&cursor)
      noteIrregularHost(cursor.bytes, entries[entries.count &- 2], entries[entries.count &- 1])
    }
    guard count > 0 else {
      guard context.accepts(.emptyAddressList) else { throw SyntaxError(.empty, at: cursor.offset &- 1) }
      return .null
    }
    return LayoutEntry(first, count &* 4)
  }

  /// An address of four usual strings; false, and nothing read, for any other.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func usualAddress(_ cursor: inout ByteCursor) -> Bool {
    let raw = unsafe cursor.bytes.bytes
    let start = cursor.offset
    guard start < raw.byteCount, raw[byte: start] == .openParenthesis else { return false }
    let name = raw.usualString(at: start &+ 1)
    guard name.end > 0, raw[byte: name.end] == .space else { return false }
    let route = raw.usualString(at: name.end &+ 1)
    guard route.end > 0, raw[byte: route.end] == .space else { return false }
    let mailbox = raw.usualString(at: route.end &+ 1)
    guard mailbox.end > 0, raw[byte: mailbox.end] == .space else { return false }
    let host = raw.usualString(at: mailbox.end &+ 1)
    guard host.end > 0, raw[byte: host.end] == .closeParenthesis else { return false }
    append(name.entry, route.entry, mailbox.entry, host.entry)
    cursor.offset = host.end &+ 1
    noteIrregularHost(cursor.bytes, mailbox.entry, host.entry)
    return true
  }

  /// Appends four entries, with one look at whether there is room.
  @inline(__always)
  private mutating func append(_ first: LayoutEntry, _ second: LayoutEntry, _ third: LayoutEntry, _ fourth: LayoutEntry)
  {
    entries.append(addingCapacity: 4) { output in
      output.append(first)
      output.append(second)
      output.append(third)
      output.append(fourth)
    }
  }

  /// Notes a placeholder or a stray angle bracket in the address that was read last: the octets stay as they are, and
  /// ``EnvelopeAddressView/localPart`` and ``EnvelopeAddressView/domain`` know them.
  @inline(__always)
  private mutating func noteIrregularHost(_ bytes: Span<UInt8>, _ mailbox: LayoutEntry, _ host: LayoutEntry) {
    guard host.count > 0, host.end <= bytes.count else { return }
    let isBracketed =
      bytes[host.end &- 1] == .greaterThan
      || mailbox.count > 0 && mailbox.end <= bytes.count && bytes[mailbox.start] == .lessThan
    let isPlaceholder = (host.count == 14 || host.count == 19) && host.isPlaceholder(in: bytes)
    if isBracketed || isPlaceholder { _ = context.accepts(.irregularHost) }
  }

  /// What servers put between addresses, or in place of one: spaces, `NIL`.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func betweenAddresses(_ cursor: inout ByteCursor) throws(SyntaxError) {
    if cursor.next == .space { return try skipSpaces(&cursor, .spaceBetweenAddresses) }
    let start = cursor.offset
    guard cursor.skipNil() else { throw cursor.unexpected }
    guard context.accepts(.nilInAddressList) else { throw SyntaxError(.unexpectedByte, at: start) }
  }
}

extension LayoutEntry {
  fileprivate func isPlaceholder(in bytes: Span<UInt8>) -> Bool {
    EnvelopeAddressView.isPlaceholder(bytes.extracting(start..<end))
  }
}
