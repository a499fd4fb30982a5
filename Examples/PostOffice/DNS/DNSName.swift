import SMTPCodec

/// A domain name as the DNS has it: labels of any octets, 255 octets in all, equal whatever the case of their letters.
///
/// [RFC 1035 §3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1).
struct DNSName: Hashable, CustomStringConvertible {
  /// Each label behind its length, letters in lower case, without the root's zero.
  private let wire: [UInt8]
  /// The same in the spelling of the message.
  private let spelling: [UInt8]

  static let maximumLength = 255
  static let maximumLabel = 63

  /// The name of a domain; nil when it is too long for the DNS.
  init?(_ domain: Domain) {
    var labels: [UInt8] = []
    for label in domain.bytes.split(separator: UInt8(ascii: ".")) {
      guard label.count <= Self.maximumLabel else { return nil }
      labels.append(UInt8(label.count))
      labels += label
    }
    self.init(labels)
  }

  private init?(_ labels: [UInt8]) {
    guard labels.count < Self.maximumLength else { return nil }
    spelling = labels
    // A length is at most 63 and so is no letter.
    wire = labels.map { 65...90 ~= $0 ? $0 | 32 : $0 }
  }

  /// Reads a name at `offset` of a message and moves behind it; nil when it is malformed.
  ///
  /// A compression pointer must lead to before the place where its part of the name began, so that every step goes back and
  /// no chain is endless; [RFC 1035 §4.1.4](https://www.rfc-editor.org/rfc/rfc1035#section-4.1.4).
  init?(_ message: [UInt8], at offset: inout Int) {
    var labels: [UInt8] = []
    var position = offset
    var start = offset
    var end: Int?
    while true {
      guard position < message.count else { return nil }
      let length = Int(message[position])
      switch length {
      case 0:
        offset = end ?? position + 1
        self.init(labels)
        return
      case 1...Self.maximumLabel:
        guard message.count - position > length, labels.count + length + 1 < Self.maximumLength else { return nil }
        labels += message[position...(position + length)]
        position += length + 1
      case 0xC0...:
        guard message.count - position > 1 else { return nil }
        let target = (length & 0x3F) << 8 | Int(message[position + 1])
        guard target < start else { return nil }
        end = end ?? position + 2
        start = target
        position = target
      default:
        return nil
      }
    }
  }

  /// The name as a message has it, not compressed.
  var bytes: [UInt8] { spelling + [0] }

  static func == (left: DNSName, right: DNSName) -> Bool { left.wire == right.wire }

  func hash(into hasher: inout Hasher) { hasher.combine(wire) }

  /// The labels with dots between them. A dot within a label, and what is no visible ASCII, becomes a backslash, which no
  /// host name has.
  var text: [UInt8] {
    var text: [UInt8] = []
    var index = 0
    while index < spelling.count {
      let length = Int(spelling[index])
      if index > 0 { text.append(UInt8(ascii: ".")) }
      for byte in spelling[(index + 1)...(index + length)] {
        text.append(33...126 ~= byte && byte != UInt8(ascii: ".") ? byte : UInt8(ascii: "\\"))
      }
      index += length + 1
    }
    return text
  }

  var description: String { String(decoding: text, as: UTF8.self) }
}
