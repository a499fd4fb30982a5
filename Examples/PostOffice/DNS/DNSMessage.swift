import MailDelivery

/// A response of a name server, as far as a stub resolver needs it.
///
/// [RFC 1035 §4](https://www.rfc-editor.org/rfc/rfc1035#section-4). The sections behind the answers are not read: a stub
/// resolver believes only what it asked for.
struct DNSMessage: Hashable {
  var identifier: UInt16
  var isResponse: Bool
  var operation: UInt8
  var isTruncated: Bool
  /// 0 no error, 1 format error, 2 server failure, 3 no such name, 4 not implemented, 5 refused.
  var responseCode: UInt8
  /// The only question; nil when there is none or another number of them.
  var question: Question?
  var answers: [DNSRecord]
  /// Whether all answers could be read.
  var isComplete: Bool

  struct Question: Hashable {
    var name: DNSName
    var type: UInt16
    var recordClass: UInt16
  }

  static let internet: UInt16 = 1
  /// The most answers that are read.
  static let maximumAnswers = 500

  /// Reads a message; nil when even its header or question is malformed.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 12 else { return nil }
    identifier = Self.number(bytes, 0)
    isResponse = bytes[2] & 0x80 != 0
    operation = bytes[2] >> 3 & 15
    isTruncated = bytes[2] & 2 != 0
    responseCode = bytes[3] & 15
    answers = []
    isComplete = true
    var offset = 12
    let questions = Self.number(bytes, 4)
    for index in 0..<questions {
      guard index < 4, let name = DNSName(bytes, at: &offset), bytes.count - offset >= 4 else { return nil }
      if questions == 1 {
        question = Question(name: name, type: Self.number(bytes, offset), recordClass: Self.number(bytes, offset + 2))
      }
      offset += 4
    }
    let count = Int(Self.number(bytes, 6))
    for _ in 0..<min(count, Self.maximumAnswers) {
      guard let record = Self.record(bytes, &offset) else {
        isComplete = false
        return
      }
      answers.append(record)
    }
  }

  private static func record(_ bytes: [UInt8], _ offset: inout Int) -> DNSRecord? {
    guard let name = DNSName(bytes, at: &offset), bytes.count - offset >= 10 else { return nil }
    let type = number(bytes, offset)
    let recordClass = number(bytes, offset + 2)
    let timeToLive = UInt32(number(bytes, offset + 4)) << 16 | UInt32(number(bytes, offset + 6))
    let length = Int(number(bytes, offset + 8))
    let start = offset + 10
    guard bytes.count - start >= length else { return nil }
    offset = start + length
    var data = DNSRecord.Data.other
    if recordClass == internet, let type = DNSType(rawValue: type) { data = read(type, bytes, start..<offset) }
    // RFC 2181 §8: a time with the highest bit set is zero.
    return DNSRecord(name: name, timeToLive: timeToLive > 0x7FFF_FFFF ? 0 : timeToLive, data: data)
  }

  private static func read(_ type: DNSType, _ bytes: [UInt8], _ range: Range<Int>) -> DNSRecord.Data {
    var offset = range.lowerBound
    switch type {
    case .a:
      guard range.count == 4 else { return .malformed(.a) }
      return .address(.ipv4(UInt32(number(bytes, offset)) << 16 | UInt32(number(bytes, offset + 2))))
    case .aaaa:
      guard range.count == 16 else { return .malformed(.aaaa) }
      return .address(.ipv6(high: word(bytes, offset), low: word(bytes, offset + 8)))
    case .cname:
      guard let name = DNSName(bytes, at: &offset), offset == range.upperBound else { return .malformed(.cname) }
      return .alias(name)
    case .mx:
      guard range.count > 2 else { return .malformed(.mx) }
      let preference = number(bytes, offset)
      offset += 2
      guard let name = DNSName(bytes, at: &offset), offset == range.upperBound else { return .malformed(.mx) }
      return .exchanger(preference: preference, name)
    }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt16 {
    UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    bytes[offset..<(offset + 8)].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A question, asked recursively.
  ///
  /// - Parameter allowsLargeResponses: says that 1232 octets of UDP arrive, by
  ///   [RFC 6891](https://www.rfc-editor.org/rfc/rfc6891); old servers take it for an error.
  static func query(_ name: DNSName, _ type: DNSType, identifier: UInt16, allowsLargeResponses: Bool) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(identifier >> 8), UInt8(identifier & 255), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    if allowsLargeResponses { bytes[11] = 1 }
    bytes += name.bytes + [0, UInt8(type.rawValue), 0, 1]
    if allowsLargeResponses { bytes += [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0] }
    return bytes
  }
}
