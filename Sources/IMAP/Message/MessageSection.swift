public import IMAPCodec
public import MailMessage
@_spi(MailCodec) import MailWire

/// Where the octets of a section are, so that they can be sent from a file.
///
/// [RFC 9051 §6.4.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5.1)
///
///     guard let section = message.section(specifier, in: bytes) else { … NIL … }
///     for range in section.ranges { send(bytes[range]) }
///     if section.endsWithLineEnd { send(CRLF) }
public struct MessageSection: Hashable, Sendable {
  /// The places in the message, in order.
  public private(set) var ranges: [Range<Int>]
  /// A CRLF that the message does not have follows: the end of a header that just stops.
  public private(set) var endsWithLineEnd: Bool
  /// How many octets of that CRLF a partial range left.
  private var lineEnd: Range<Int>

  init(_ ranges: [Range<Int>], endsWithLineEnd: Bool = false) {
    self.ranges = ranges
    self.endsWithLineEnd = endsWithLineEnd
    lineEnd = 0..<(endsWithLineEnd ? 2 : 0)
  }

  /// The octets of the section.
  public var octets: Int { ranges.reduce(lineEnd.count) { $0 + $1.count } }

  /// The part of the section that a partial `FETCH` asks for; empty behind the end.
  public func part(_ partial: PartialRange) -> MessageSection {
    let total = octets
    let start = Int(min(partial.offset, UInt64(total)))
    let end = start + Int(min(partial.count, UInt64(total - start)))
    var section = MessageSection([])
    var offset = 0
    for range in ranges {
      let low = max(start, offset)
      let high = min(end, offset + range.count)
      if low < high { section.ranges.append((range.lowerBound + low - offset)..<(range.lowerBound + high - offset)) }
      offset += range.count
    }
    let low = max(start, offset) - offset
    let high = max(min(end, offset + lineEnd.count) - offset, low)
    if low < high {
      section.lineEnd = (lineEnd.lowerBound + low)..<(lineEnd.lowerBound + high)
      section.endsWithLineEnd = true
    }
    return section
  }

  /// The octets of the CRLF that follows ``ranges``, or what a partial range left of it.
  public var suffix: [UInt8] { [UInt8]([13, 10][lineEnd]) }

  /// The octets of the section, copied.
  public func content(in bytes: Span<UInt8>) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(octets)
    for range in ranges { content.append(bytes.extracting(range)) }
    return content + suffix
  }
}

extension Message {
  /// The section that `BODY[…]` names; nil when the message has none such, for which a server answers `NIL`.
  ///
  /// - Parameter bytes: the octets that the message was made from.
  public func section(_ specifier: SectionSpecifier, in bytes: Span<UInt8>) -> MessageSection? {
    guard !specifier.path.isEmpty else { return section(specifier.content, ofMessage: 0, in: bytes) }
    guard let index = part(specifier.path) else { return nil }
    switch specifier.content {
    case .all: return MessageSection([parts[index].body])
    case .mimeHeader: return MessageSection([parts[index].header])
    case .header, .headerFields, .headerFieldsExcept, .text:
      guard parts[index].kind == .message else { return nil }
      return section(specifier.content, ofMessage: index + 1, in: bytes)
    }
  }

  /// The index in ``MailMessage/Message/parts`` of the part with this number; nil when there is none. Part 1 of a message that is
  /// no multipart is the message itself.
  public func part(_ path: SectionPath) -> Int? {
    let numbers = path.numbers
    guard let first = numbers.first else { return 0 }
    var part = step(first, into: 0)
    for number in numbers.dropFirst() {
      guard let index = part else { return nil }
      switch parts[index].kind {
      case .multipart: part = child(number, of: index)
      case .message: part = step(number, into: index + 1)
      case .single: return nil
      }
    }
    return part
  }

  private func step(_ number: UInt32, into message: Int) -> Int? {
    if parts[message].kind == .multipart { return child(number, of: message) }
    return number == 1 ? message : nil
  }

  private func child(_ number: UInt32, of index: Int) -> Int? {
    guard number > 0, number <= parts[index].childCount else { return nil }
    var child = index + 1
    for _ in 1..<number { child = parts[child].end }
    return child
  }

  private func section(
    _ content: SectionSpecifier.Content, ofMessage index: Int, in bytes: Span<UInt8>
  ) -> MessageSection {
    let part = parts[index]
    switch content {
    case .all, .mimeHeader: return MessageSection([part.header.lowerBound..<part.body.upperBound])
    case .header: return MessageSection([part.header])
    case .text: return MessageSection([part.body])
    case .headerFields(let names): return fields(names, areExcluded: false, of: part.header, in: bytes)
    case .headerFieldsExcept(let names): return fields(names, areExcluded: true, of: part.header, in: bytes)
    }
  }

  /// The fields of a header that are named, or the others, and the empty line at its end.
  private func fields(
    _ names: HeaderFieldNames, areExcluded: Bool, of header: Range<Int>, in bytes: Span<UInt8>
  ) -> MessageSection {
    var ranges: [Range<Int>] = []
    func add(_ range: Range<Int>) {
      guard !range.isEmpty else { return }
      if let last = ranges.last, last.upperBound == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    var reader = HeaderReader(bytes, header)
    var position = header.lowerBound
    while let field = reader.next() {
      guard names.contains(bytes.extracting(field.name)) else { continue }
      if areExcluded { add(position..<field.range.lowerBound) } else { add(field.range) }
      position = field.range.upperBound
    }
    let emptyLine = Self.emptyLine(of: header, in: bytes)
    if areExcluded { add(position..<emptyLine.lowerBound) }
    add(emptyLine)
    return MessageSection(ranges, endsWithLineEnd: emptyLine.isEmpty)
  }

  /// The empty line at a header's end, empty if it has none.
  private static func emptyLine(of header: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
    var start = header.upperBound
    guard start > header.lowerBound, bytes[start - 1] == .lineFeed else { return start..<start }
    start -= 1
    if start > header.lowerBound, bytes[start - 1] == .carriageReturn { start -= 1 }
    let isLine = start == header.lowerBound || bytes[start - 1] == .lineFeed
    return (isLine ? start : header.upperBound)..<header.upperBound
  }
}
