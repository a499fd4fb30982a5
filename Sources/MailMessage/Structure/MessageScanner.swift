@_spi(MailCodec) import MailWire

/// Finds the parts of a message, line by line, with a stack of its own.
struct MessageScanner: ~Escapable {
  private let bytes: Span<UInt8>
  private let limits: MessageLimits
  private(set) var parts: [MessagePart] = []
  /// The parts that are open, outermost first: each is inside of the one before.
  private var open: [Int] = []
  /// The multiparts among them whose boundary may still come.
  private var boundaries: [Boundary] = []
  private var position = 0
  /// The line ends before `position`.
  private var lines = 0

  private struct Boundary {
    let text: [UInt8]
    let hash: UInt64
    /// Where the multipart stands in `open`.
    let level: Int
    let isDigest: Bool
  }

  /// A line with a boundary: where it begins, and the line ends before it.
  private struct Delimiter {
    let index: Int
    let isLast: Bool
    let start: Int
    let lines: Int
  }

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, limits: MessageLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  @_lifetime(self: copy self)
  mutating func run() {
    var found = begin(isDigest: false)
    while true {
      while let delimiter = found { found = take(delimiter) }
      guard position < bytes.count else { break }
      found = skipLine()
    }
    close(downTo: 0, at: bytes.count, lines)
  }

  /// Moves behind the line, and says whether it is a delimiter.
  @_lifetime(self: copy self)
  private mutating func skipLine() -> Delimiter? {
    let start = position
    let startLines = lines
    if let lineFeed = bytes.firstIndex(of: .lineFeed, from: position) {
      position = lineFeed + 1
      lines += 1
    } else {
      position = bytes.count
    }
    return boundaries.isEmpty ? nil : delimiter(start, startLines)
  }

  /// Reads headers until one has content behind it, or a delimiter ends it.
  @_lifetime(self: copy self)
  private mutating func begin(isDigest: Bool) -> Delimiter? {
    var isDigest = isDigest
    while true {
      let start = position
      let startLines = lines
      let delimiter = skipHeader()
      let end = delimiter?.start ?? position
      add(start..<end, startLines, delimiter?.lines ?? lines)
      let hasChild = describe(parts.count - 1, isDigest: isDigest)
      if let delimiter {
        if hasChild { add(end..<end, delimiter.lines, delimiter.lines) }
        return delimiter
      }
      guard hasChild else { return nil }
      isDigest = false
    }
  }

  private mutating func add(_ header: Range<Int>, _ startLines: Int, _ endLines: Int) {
    if let parent = open.last { parts[parent].childCount += 1 }
    var part = MessagePart(header, parent: open.last, depth: open.count)
    part.headerLines = endLines - startLines
    part.bodyLines = endLines
    open.append(parts.count)
    parts.append(part)
  }

  /// Moves behind the header; a delimiter line in it ends the part.
  @_lifetime(self: copy self)
  private mutating func skipHeader() -> Delimiter? {
    while position < bytes.count {
      let start = position
      if let delimiter = skipLine() { return delimiter }
      if bytes[start] == .lineFeed || bytes[start] == .carriageReturn && position == start + 2 { return nil }
    }
    return nil
  }

  /// Reads what the header says of the part; true when a message begins at its body.
  private mutating func describe(_ index: Int, isDigest: Bool) -> Bool {
    let header = parts[index].header
    let end = min(header.upperBound, header.lowerBound + limits.header)
    var reader = HeaderReader(bytes, header.lowerBound..<end)
    var typeField: Range<Int>?
    var encodingField: Range<Int>?
    while let field = reader.next() {
      let name = bytes.extracting(field.name)
      if typeField == nil, name.isSame(as: "Content-Type") { typeField = field.value }
      if encodingField == nil, name.isSame(as: "Content-Transfer-Encoding") { encodingField = field.value }
    }
    if let encodingField { parts[index].encoding = TransferEncoding(bytes.extracting(encodingField)) }
    guard let typeField, let type = ContentType(bytes.extracting(typeField)) else {
      guard isDigest, hasRoom else {
        parts[index].isText = true
        return false
      }
      parts[index].isDigestEntry = true
      parts[index].kind = .message
      return true
    }
    parts[index].isText = type.isType("text")
    guard hasRoom else { return false }
    if type.isType("message"), type.isSubtype("rfc822") || type.isSubtype("global") {
      parts[index].kind = .message
      return true
    }
    if type.isType("multipart"), var boundary = type.parameters["boundary"] {
      while boundary.last?.isFieldSpace == true { boundary.removeLast() }
      guard !boundary.isEmpty, boundary.count <= limits.boundary else { return false }
      parts[index].kind = .multipart
      boundaries.append(
        Boundary(
          text: boundary, hash: Self.hash(boundary.span), level: open.count - 1, isDigest: type.isSubtype("digest")))
    }
    return false
  }

  /// Whether another part may be made inside of the last one.
  private var hasRoom: Bool { parts.count < limits.parts && open.count < limits.nesting }

  /// Ends the parts inside of a multipart, and begins the next one unless it was the last.
  @_lifetime(self: copy self)
  private mutating func take(_ delimiter: Delimiter) -> Delimiter? {
    let boundary = boundaries[delimiter.index]
    guard delimiter.isLast || parts.count < limits.parts else { return nil }
    // The line end in front of a delimiter belongs to it.
    var end = delimiter.start
    var endLines = delimiter.lines
    if end > 0, bytes[end - 1] == .lineFeed {
      end -= 1
      endLines -= 1
      if end > 0, bytes[end - 1] == .carriageReturn { end -= 1 }
    }
    close(downTo: boundary.level + 1, at: end, endLines)
    boundaries.removeLast(boundaries.count - delimiter.index - (delimiter.isLast ? 0 : 1))
    return delimiter.isLast ? nil : begin(isDigest: boundary.isDigest)
  }

  /// Ends the open parts from a level on.
  private mutating func close(downTo level: Int, at end: Int, _ endLines: Int) {
    while open.count > level {
      let index = open.removeLast()
      let start = parts[index].body.lowerBound
      parts[index].body = start..<max(start, end)
      // Until now it held the lines before the body.
      parts[index].bodyLines = end > start ? endLines - parts[index].bodyLines : 0
      parts[index].end = parts.count
    }
  }

  /// The boundary that the line from `start` to `position` has, the innermost if there are several.
  ///
  /// Lines are compared by hash, so that many open boundaries cost no more than a number each.
  private func delimiter(_ start: Int, _ startLines: Int) -> Delimiter? {
    guard position - start >= 3, bytes[start] == .hyphen, bytes[start + 1] == .hyphen else { return nil }
    var end = position
    while end > start + 2, bytes[end - 1].isFieldSpace { end -= 1 }
    // The longest that can be one: two hyphens more than a boundary has.
    guard end - start - 2 <= limits.boundary + 2 else { return nil }
    if let index = boundaryIndex(bytes.extracting((start + 2)..<end)) {
      return Delimiter(index: index, isLast: false, start: start, lines: startLines)
    }
    guard end - start > 4, bytes[end - 1] == .hyphen, bytes[end - 2] == .hyphen,
      let index = boundaryIndex(bytes.extracting((start + 2)..<(end - 2)))
    else { return nil }
    return Delimiter(index: index, isLast: true, start: start, lines: startLines)
  }

  private func boundaryIndex(_ text: Span<UInt8>) -> Int? {
    let hash = Self.hash(text)
    var index = boundaries.count
    while index > 0 {
      index -= 1
      guard boundaries[index].hash == hash else { continue }
      let boundary = boundaries[index].text
      if text.hasSameBytes(as: boundary.span) { return index }
    }
    return nil
  }

  /// FNV-1a.
  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }
}
