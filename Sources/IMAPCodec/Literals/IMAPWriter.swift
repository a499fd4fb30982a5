@_spi(MailCodec) import MailWire

/// Writes the protocol's syntax: each string in the form that the encoding allows, and a note where a continuation request
/// must be awaited. Everything that the module writes goes through it, for clients and for servers.
struct IMAPWriter {
  var output = OutboundBuffer()
  /// The offsets behind synchronising literal headers.
  private(set) var stops: [Int] = []
  /// The offsets at which the contents of messages belong that the caller streams.
  private(set) var gaps: [Int] = []
  let encoding: IMAPEncoding

  init(_ encoding: IMAPEncoding = .server) { self.encoding = encoding }

  /// What `body` writes, as text for people.
  static func text(_ body: (inout IMAPWriter) -> Void) -> String {
    String(decoding: bytes(body), as: UTF8.self)
  }

  /// What `body` writes.
  static func bytes(_ body: (inout IMAPWriter) -> Void) -> [UInt8] {
    var writer = IMAPWriter()
    body(&writer)
    return writer.output.bytes.copied()
  }

  /// Appends to a buffer what `body` writes; no octets are copied.
  static func append(
    to output: inout OutboundBuffer, for encoding: IMAPEncoding, _ body: (inout IMAPWriter) -> Void
  ) {
    var writer = IMAPWriter(encoding)
    swap(&writer.output, &output)
    body(&writer)
    swap(&writer.output, &output)
  }

  // MARK: Syntax

  @inline(__always) mutating func append(_ byte: UInt8) { output.append(byte) }

  @inline(__always) mutating func append(_ text: StaticString) { output.append(text) }

  /// Octets that were checked: they stand as they are.
  @inline(__always) mutating func append(_ bytes: [UInt8]) { output.append(bytes) }

  @inline(__always) mutating func append(_ bytes: Span<UInt8>) { output.append(bytes) }

  @inline(__always) mutating func append(decimal number: UInt64) { output.append(decimal: number) }

  /// The last `count` digits of a number, with zeros before them.
  mutating func append(digits value: Int, count: Int) {
    var divisor = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      append(48 + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  mutating func appendLineEnd() { output.appendLineEnd() }

  /// Elements in parentheses with a space between each two.
  mutating func writeList<Element>(_ elements: [Element], _ write: (Element, inout IMAPWriter) -> Void) {
    append(.openParenthesis)
    for index in elements.indices {
      if index > 0 { append(.space) }
      write(elements[index], &self)
    }
    append(.closeParenthesis)
  }

  // MARK: Strings

  /// `astring`: an atom where possible.
  mutating func writeAString(_ string: Span<UInt8>) {
    if string.isAtom { append(string) } else { writeString(string) }
  }

  /// `nstring`: `NIL` for nil.
  mutating func writeNString(_ string: Span<UInt8>?) {
    if let string { writeString(string) } else { append("NIL") }
  }

  /// `string`: quoted where a quoted string can hold it for the reader, else a literal.
  mutating func writeString(_ string: Span<UInt8>) {
    guard canQuote(string) else { return writeLiteral(string) }
    append(.quote)
    var start = 0
    for index in string.indices where string[index] == .quote || string[index] == .backslash {
      append(string.extracting(start..<index))
      append(.backslash)
      start = index
    }
    append(string.extracting(start..<string.count))
    append(.quote)
  }

  /// `list-mailbox`: wildcards may stand in an atom.
  mutating func writePattern(_ pattern: Span<UInt8>) {
    var isAtom = !pattern.isEmpty && !pattern.isNil
    for index in pattern.indices where !ASCIIClass.list.contains(pattern[index]) { isAtom = false }
    if isAtom { append(pattern) } else { writeString(pattern) }
  }

  /// `literal`, or `literal8` when there is a NUL in it.
  mutating func writeLiteral(_ string: Span<UInt8>) {
    writeHeader(size: UInt64(string.count), isBinary: string.firstIndex(of: 0) != nil)
    append(string)
  }

  /// `nstring`, as a literal unless a quoted string will do as well, `literal8` included; of octets that are streamed only
  /// the header.
  mutating func write(_ octets: MessageOctets, isQuotable: Bool = false) {
    switch octets {
    case .none: append("NIL")
    case .inline(let bytes) where isQuotable: writeString(bytes.span)
    case .inline(let bytes): writeLiteral(bytes.span)
    case .streamed(let header):
      writeHeader(size: header.size, isBinary: header.isBinary)
      gaps.append(output.count)
    }
  }

  /// A literal's header, and a stop behind it unless the encoding lets the octets follow at once.
  mutating func writeHeader(size: UInt64, isBinary: Bool) {
    let isNonSynchronising = encoding.isNonSynchronising(size)
    LiteralHeader(size: size, isNonSynchronising: isNonSynchronising, isBinary: isBinary).write(to: &self)
    if !isNonSynchronising, encoding.literals != .server { stops.append(output.count) }
  }

  private func canQuote(_ string: Span<UInt8>) -> Bool {
    guard string.count <= encoding.longestQuoted else { return false }
    var isASCII = true
    for index in string.indices {
      let byte = string[index]
      guard byte != 13, byte != 10, byte != 0 else { return false }
      if byte >= 128 { isASCII = false }
    }
    return isASCII || (encoding.acceptsUTF8 && string.isUTF8)
  }
}

extension Span<UInt8> {
  /// Whether the octets can stand alone as an `astring`. `NIL` cannot: many parsers take the atom for something else.
  var isAtom: Bool {
    guard !isEmpty, !isNil else { return false }
    for index in indices where !ASCIIClass.astring.contains(self[index]) { return false }
    return true
  }

  /// Whether these octets, as an atom, would read as `NIL`.
  var isNil: Bool { count == 3 && self[0] | 32 == 110 && self[1] | 32 == 105 && self[2] | 32 == 108 }

  /// Whether the octets are well-formed UTF-8, [RFC 3629 §4](https://www.rfc-editor.org/rfc/rfc3629#section-4).
  var isUTF8: Bool {
    var index = 0
    while index < count {
      guard let length = scalarLength(at: index) else { return false }
      index &+= length
    }
    return true
  }

  /// The length of the well-formed UTF-8 sequence at `index`; nil when there is none.
  func scalarLength(at index: Int) -> Int? {
    let first = self[index]
    guard first >= 0x80 else { return 1 }
    let length: Int
    var lower: UInt8 = 0x80
    var upper: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, lower) = (3, 0xA0)
    case 0xED: (length, upper) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, lower) = (4, 0x90)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, upper) = (4, 0x8F)
    default: return nil
    }
    guard index &+ length <= count, self[index &+ 1] >= lower, self[index &+ 1] <= upper else { return nil }
    for position in (index &+ 2)..<Swift.max(index &+ 2, index &+ length) where self[position] & 0xC0 != 0x80 {
      return nil
    }
    return length
  }
}
