@_spi(MailCodec) import MailWire

extension IMAPURL {
  /// Parses `"imap://" iserver ["/" [icommand]]`, or `"/" icommand`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPURL {
    var server: IMAPURLServer?
    if cursor.next != 47 {
      guard cursor.skipKeyword("imap"), cursor.skip(.colon), cursor.skip(47), cursor.skip(47) else {
        throw SyntaxError(cursor.bytes.isEmpty ? .empty : .badToken, at: 0)
      }
      server = try IMAPURLServer.parse(&cursor)
      guard cursor.skip(47) else { return try IMAPURL(server: server) }
    } else {
      cursor.offset &+= 1
      // Two slashes begin the name of a server, and the scheme must say of which kind.
      guard cursor.next != 47 else { throw cursor.unexpected }
    }
    var mailbox = try cursor.takeURLOctets(.path)
    var isMessage = cursor.skipURLParameter("uid")
    if isMessage {
      let slash = cursor.offset &- 6
      guard slash >= 0, cursor.bytes[slash] == 47, !mailbox.isEmpty else {
        throw SyntaxError(.unexpectedByte, at: slash &+ 1)
      }
      mailbox.removeLast()
    }
    var uidValidity: UInt32?
    if !isMessage, cursor.skipURLParameter("uidvalidity") {
      guard let number = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
      uidValidity = number
      if cursor.skip(47) {
        let start = cursor.offset
        isMessage = cursor.skipURLParameter("uid")
        guard isMessage else { throw SyntaxError(.badToken, at: start) }
      }
    }
    let start = cursor.offset
    let target: Target
    if isMessage {
      target = .message(try IMAPURLMessage.parse(&cursor))
    } else if cursor.skip(63) {
      target = .search(try cursor.takeURLOctets(.path))
    } else {
      target = .mailbox
    }
    do throws(SyntaxError) {
      return try IMAPURL(server: server, mailbox: mailbox, uidValidity: uidValidity, target: target)
    } catch { throw SyntaxError(error.code, at: start) }
  }

  func write(to writer: inout IMAPWriter) {
    if let server {
      writer.append("imap://")
      server.write(to: &writer)
    }
    writer.append(47)
    // A slash in front would begin the name of a server.
    if mailbox.first == 47 {
      writer.append("%2F")
      writer.append(mailbox.dropFirst(), percentEncodedFor: .path)
    } else {
      writer.append(mailbox, percentEncodedFor: .path)
    }
    if let uidValidity {
      writer.append(";UIDVALIDITY=")
      writer.append(decimal: UInt64(uidValidity))
    }
    switch target {
    case .mailbox: break
    case .search(let text):
      writer.append(63)
      writer.append(text, percentEncodedFor: .path)
    case .message(let message):
      writer.append("/;UID=")
      message.write(to: &writer)
    }
  }
}

/// Where octets stand in a URL, which decides which of them need percent encoding.
enum URLPosition {
  /// `achar`: a user, a mechanism.
  case part
  /// `bchar`: a mailbox, a search, a section.
  case path

  func allows(_ byte: UInt8) -> Bool {
    switch byte {
    // ! $ & ' ( ) * + , =
    case 33, 36, 38...44, 61: true
    // / : @
    case 47, 58, 64: self == .path
    default: byte.isUnreservedInURL
    }
  }
}

extension ByteCursor {
  /// Octets of a URL, decoded.
  @_lifetime(self: copy self)
  mutating func takeURLOctets(_ position: URLPosition) throws(SyntaxError) -> [UInt8] {
    var octets: [UInt8] = []
    while let byte = next {
      if byte == 37 {
        guard remaining > 2, let high = bytes[offset &+ 1].hexadecimalValue,
          let low = bytes[offset &+ 2].hexadecimalValue,
          high | low != 0
        else { throw error(.unexpectedByte) }
        octets.append(high << 4 | low)
        offset &+= 3
      } else if position.allows(byte) {
        octets.append(byte)
        offset &+= 1
      } else {
        break
      }
    }
    return octets
  }

  /// Consumes `";" name "="` if it is next.
  @_lifetime(self: copy self)
  mutating func skipURLParameter(_ name: StaticString) -> Bool {
    let start = offset
    if skip(59), skipKeyword(name), skip(61) { return true }
    offset = start
    return false
  }
}

extension IMAPWriter {
  mutating func append(_ octets: some Sequence<UInt8>, percentEncodedFor position: URLPosition) {
    for byte in octets {
      if position.allows(byte) {
        append(byte)
      } else {
        append(37)
        append((byte >> 4).hexadecimalDigit)
        append((byte & 15).hexadecimalDigit)
      }
    }
  }
}

extension UInt8 {
  /// `unreserved` of [RFC 3986 §2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
  var isUnreservedInURL: Bool {
    isASCIILetterOrDigit || self == .hyphen || self == .dot || self == 95 || self == .tilde
  }

  var isHexadecimalDigit: Bool { hexadecimalValue != nil }

  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case 48...57: self &- 48
    case 65...70: self &- 55
    case 97...102: self &- 87
    default: nil
    }
  }

  fileprivate var hexadecimalDigit: UInt8 { self < 10 ? self &+ 48 : self &+ 55 }
}
