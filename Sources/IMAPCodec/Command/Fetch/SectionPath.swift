@_spi(MailCodec) public import MailWire

/// The number of a body part: one number for each level of nesting.
///
/// [RFC 9051 §6.4.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5.1). A path of up to eight levels of at most 255
/// parts costs no allocation.
///
///     C: A1 FETCH 1 BODY[4.2.MIME]
public struct SectionPath: Hashable, Sendable, CustomStringConvertible {
  /// Eight small numbers, first one lowest, zero behind the last.
  private var small: UInt64 = 0
  /// All of them, when one does not fit.
  private var large: [UInt32] = []

  /// The message itself: no number.
  public init() {}

  /// Validates numbers.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero; its offset is the index; `tooMany` beyond
  ///   ``NestingDepth/maximum``.
  public init(_ numbers: [UInt32]) throws(SyntaxError) {
    guard numbers.count <= NestingDepth.maximum else { throw SyntaxError(.tooMany, at: NestingDepth.maximum) }
    for index in numbers.indices {
      guard numbers[index] > 0 else { throw SyntaxError(.badNumber, at: index) }
      append(numbers[index])
    }
  }

  /// Whether it has no number.
  public var isEmpty: Bool { small == 0 && large.isEmpty }

  /// The numbers, outermost first.
  public var numbers: [UInt32] {
    guard large.isEmpty else { return large }
    return (0..<smallCount).map { UInt32(truncatingIfNeeded: small >> UInt64($0 * 8) & 255) }
  }

  private var smallCount: Int { 8 - small.leadingZeroBitCount / 8 }

  mutating func append(_ number: UInt32) {
    if large.isEmpty, number < 256, smallCount < 8 {
      small |= UInt64(number) << UInt64(smallCount * 8)
    } else {
      large = numbers + [number]
      small = 0
    }
  }

  /// Parses `section-part`, and stops before a dot that no number follows.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SectionPath {
    var path = SectionPath()
    var count = 0
    while let number = cursor.takeNonZero32() {
      count &+= 1
      guard count <= context.limits.nesting else { throw cursor.error(.tooMany) }
      path.append(number)
      guard cursor.next == .dot, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1].isASCIIDigit else { break }
      cursor.offset &+= 1
    }
    return path
  }

  func write(to writer: inout IMAPWriter) {
    var isFirst = true
    for number in numbers {
      if !isFirst { writer.append(.dot) }
      isFirst = false
      writer.append(decimal: UInt64(number))
    }
  }

  /// The path as it is written.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}
