@_spi(MailCodec) import MailWire
import POP3Codec

/// The messages of a session as they were when it began, and which of them are marked as deleted.
///
/// [RFC 1939 §5](https://www.rfc-editor.org/rfc/rfc1939#section-5). A value: nothing is deleted anywhere until the host acts
/// on ``deletedNumbers``. All unique-ids lie in one array, so a maildrop costs two allocations, whatever its length.
///
/// ```swift
/// var maildrop = Maildrop()
/// for message in folder { maildrop.append(.init(octets: message.size, uniqueID: message.id)) }
/// ```
public struct Maildrop: Hashable, Sendable {
  private struct Row: Hashable, Sendable {
    let octets: UInt64
    /// Where the unique-id ends in `uniqueIDs`; it begins where that of the row before ends.
    let end: Int
    var isDeleted = false
  }

  private var rows: [Row] = []
  private var uniqueIDs: [UInt8] = []
  /// The number of messages that are not marked as deleted.
  public private(set) var count = 0
  /// The octets of those messages.
  public private(set) var octets: UInt64 = 0
  /// The highest number that `RETR` or `DELE` named since the session began or was reset; 0 for none.
  ///
  /// What `LAST` asks for, [RFC 1460](https://www.rfc-editor.org/rfc/rfc1460).
  public private(set) var lastAccessed = 0

  /// An empty maildrop.
  public init() {}

  /// A maildrop of these messages; the first one has the number 1.
  public init(messages: [MaildropEntry]) {
    rows.reserveCapacity(messages.count)
    for message in messages { append(message) }
  }

  /// Adds a message at the end. Messages beyond the number 2³¹ − 1 are left out.
  public mutating func append(_ message: MaildropEntry) {
    guard rows.count < MessageNumber.maximum else { return }
    uniqueIDs.append(contentsOf: message.uniqueID.bytes)
    rows.append(Row(octets: message.octets, end: uniqueIDs.count))
    count += 1
    octets &+= message.octets
  }

  /// The number of the last message, deleted or not.
  public var highestNumber: Int { rows.count }

  /// Whether a message is there and not marked as deleted.
  public func contains(_ number: Int) -> Bool {
    number >= 1 && number <= rows.count && !rows[number - 1].isDeleted
  }

  /// The size of a message, and its unique-id.
  ///
  /// - Throws: ``MaildropError``.
  public func entry(_ number: Int) throws(MaildropError) -> MaildropEntry {
    let octets = try octets(of: number)
    return MaildropEntry(octets: octets, uniqueID: UniqueID(unchecked: uniqueID(number).copied()))
  }

  /// The size of a message in octets.
  ///
  /// - Throws: ``MaildropError``.
  public func octets(of number: Int) throws(MaildropError) -> UInt64 {
    try check(number)
    return rows[number - 1].octets
  }

  /// Marks a message as deleted.
  ///
  /// - Throws: ``MaildropError``; twice is an error.
  public mutating func delete(_ number: Int) throws(MaildropError) {
    try check(number)
    rows[number - 1].isDeleted = true
    count -= 1
    octets &-= rows[number - 1].octets
    noteAccess(number)
  }

  /// Takes all marks back.
  public mutating func reset() {
    for index in rows.indices where rows[index].isDeleted {
      rows[index].isDeleted = false
      count += 1
      octets &+= rows[index].octets
    }
    lastAccessed = 0
  }

  /// The numbers of the messages that are marked as deleted, ascending.
  public var deletedNumbers: [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(rows.count - count)
    for index in rows.indices where rows[index].isDeleted { numbers.append(index + 1) }
    return numbers
  }

  mutating func noteAccess(_ number: Int) { lastAccessed = max(lastAccessed, number) }

  private func check(_ number: Int) throws(MaildropError) {
    guard number >= 1, number <= rows.count else { throw .noSuchMessage }
    guard !rows[number - 1].isDeleted else { throw .deleted }
  }

  // MARK: Writing

  /// Appends `number octets` and CRLF.
  func writeScanListing(_ number: Int, to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(number))
    output.append(.space)
    output.append(decimal: rows[number - 1].octets)
    output.appendLineEnd()
  }

  /// Appends `number unique-id` and CRLF.
  func writeUniqueIDListing(_ number: Int, to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(number))
    output.append(.space)
    output.append(uniqueID(number))
    output.appendLineEnd()
  }

  /// The octets of a unique-id.
  @_lifetime(borrow self)
  private func uniqueID(_ number: Int) -> Span<UInt8> {
    let start = number > 1 ? rows[number - 2].end : 0
    return uniqueIDs.span.extracting(start..<rows[number - 1].end)
  }
}
