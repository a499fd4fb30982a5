@_spi(MailCodec) import MailWire

/// What a report must know of the message that it is about, gathered from its octets in one pass.
///
/// Give it the message once, in pieces of any size, before ``ReportMessage/compose(_:)``; it keeps the header, up to
/// 65,536 octets, and never the body. It also finds a boundary that occurs nowhere in the message.
///
/// ```swift
/// var original = OriginalMessage(using: &generator)
/// while let piece = file.read() { original.add(piece.span) }
/// ```
public struct OriginalMessage: Sendable {
  /// The message's octets so far.
  public private(set) var octets: UInt64 = 0
  /// Whether all octets are ASCII.
  public private(set) var isSevenBit = true
  /// Whether there is a NUL, or a line of more than 998 octets: what may not stand in a report.
  public private(set) var isIrregular = false
  /// The header as it was, as far as it is kept: whole lines.
  public private(set) var header: [UInt8] = []
  /// 128 random bits in hexadecimal.
  let token: [UInt8]

  /// The most octets of a header that are kept.
  public static let maximumHeader = 65_536

  private var isInHeader = true
  private var lineLength = 0
  private var previous: UInt8 = .lineFeed
  private var boundaries: BoundaryFilter

  /// A message of which nothing is known yet.
  ///
  /// - Parameter generator: makes the boundary and the name of the report; one that a sender cannot foresee.
  public init(using generator: inout some RandomNumberGenerator) {
    var token: [UInt8] = []
    for _ in 0..<2 {
      let word = generator.next()
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        token.append(digit < 10 ? 48 + digit : 87 + digit)
      }
    }
    self.token = token
    boundaries = BoundaryFilter(token: token)
  }

  /// Takes the next piece of the message.
  public mutating func add(_ piece: Span<UInt8>) {
    octets += UInt64(piece.count)
    boundaries.add(piece)
    var high: UInt8 = 0
    var hasNull = false
    for index in piece.indices {
      high |= piece[index]
      hasNull = hasNull || piece[index] == 0
    }
    if high > 127 { isSevenBit = false }
    if hasNull { isIrregular = true }
    var start = 0
    while start < piece.count {
      let lineFeed = piece.firstIndex(of: .lineFeed, from: start)
      let end = lineFeed ?? piece.count
      lineLength += end - start
      if lineLength > 999 { isIrregular = true }
      if isInHeader { addToHeader(piece.extracting(start..<(lineFeed.map { $0 + 1 } ?? end))) }
      if lineFeed != nil { lineLength = 0 }
      start = end + 1
    }
  }

  /// Takes octets of the header; an empty line, and the limit, end it.
  private mutating func addToHeader(_ octets: Span<UInt8>) {
    for index in octets.indices {
      let byte = octets[index]
      if byte == .lineFeed, previous == .lineFeed || (previous == .carriageReturn && isBehindEmptyLine) {
        if header.last == .carriageReturn { header.removeLast() }
        isInHeader = false
        return
      }
      guard header.count < Self.maximumHeader else {
        while let last = header.last, last != .lineFeed { header.removeLast() }
        isInHeader = false
        return
      }
      header.append(byte)
      previous = byte
    }
  }

  private var isBehindEmptyLine: Bool { header.count == 1 || header[header.count - 2] == .lineFeed }

  /// The boundary for a report with these further parts; nil when somebody foresaw all that there are.
  func boundary(besides parts: [UInt8]...) -> [UInt8]? {
    var filter = boundaries
    filter.endLine()
    for part in parts {
      filter.add(part.span)
      filter.endLine()
    }
    return filter.boundary
  }

  // MARK: What the header says

  /// The first `Message-ID`, angle brackets included; nil without a well-formed one.
  public var messageIdentifier: [UInt8]? {
    guard let value = firstValue(of: "Message-ID"), value.count >= 3, value.count <= 250 else { return nil }
    guard value.first == 60, value.last == 62, value.allSatisfy({ $0.isASCIIGraphic }) else { return nil }
    return value
  }

  /// Whether a program made the message, as its header says: `Auto-Submitted` other than `no`
  /// ([RFC 3834 §5](https://www.rfc-editor.org/rfc/rfc3834#section-5)). A hint for a host's own policy; whether a report is due
  /// depends on the reverse-path alone.
  public var isAutomatic: Bool {
    guard let value = firstValue(of: "Auto-Submitted") else { return false }
    return !(value.span.isSame(as: "no"))
  }

  /// How many servers the message has passed: its `Received` fields. At 100 it is in a loop, by
  /// [RFC 5321 §6.3](https://www.rfc-editor.org/rfc/rfc5321#section-6.3).
  public var hops: Int {
    var count = 0
    var fields = HeaderFields(header.span)
    while let field = fields.next() {
      if header.span.extracting(field.name).isSame(as: "Received") { count += 1 }
    }
    return count
  }

  private func firstValue(of name: StaticString) -> [UInt8]? {
    var fields = HeaderFields(header.span)
    while let field = fields.next() {
      guard header.span.extracting(field.name).isSame(as: name) else { continue }
      return FieldText(header.span.extracting(field.value))?.bytes
    }
    return nil
  }
}
