/// The header fields that a host puts on top of a message: where errors go, and how the message came here.
///
/// [RFC 5321 §4.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.4). What the peer said is written so that it cannot
/// end a line, a comment or a pair of angle brackets.
struct TraceHeaders {
  /// The reverse-path without its angle brackets; empty for the null one.
  var reversePath: [UInt8]
  /// What the client said in HELO or EHLO.
  var helloName: [UInt8]
  /// Where the client is.
  var peer: Endpoint
  /// The name of this host.
  var host: String
  /// `SMTP`, `ESMTP` or `ESMTPA`.
  var protocolName: String
  /// The name that the message has in the Maildir.
  var unique: String
  /// The forward-path without its angle brackets; nil when there are several, which are nobody else's business.
  var recipient: [UInt8]?
  var date: MailDate

  /// The fields with their line ends.
  var bytes: [UInt8] {
    var fields: [UInt8] = []
    fields.append(text: "Return-Path: <")
    fields.append(path: reversePath)
    fields.append(text: ">\r\nReceived: from ")
    if Self.isDomain(helloName) {
      fields.append(contentsOf: helloName)
      fields.append(text: " (\(peer.addressLiteral))")
    } else {
      fields.append(text: "\(peer.addressLiteral) (HELO ")
      fields.append(comment: helloName)
      fields.append(text: ")")
    }
    fields.append(text: "\r\n\tby \(host) with \(protocolName) id \(identifier)")
    if let recipient {
      fields.append(text: "\r\n\tfor <")
      fields.append(path: recipient)
      fields.append(text: ">")
    }
    fields.append(text: "; \(date)\r\n")
    return fields
  }

  /// The grammar wants an atom, so the name loses its dot and its host.
  private var identifier: String { unique.split(separator: ".").prefix(2).joined() }

  /// A domain or an address literal, as far as its characters show.
  private static func isDomain(_ name: [UInt8]) -> Bool {
    guard !name.isEmpty, name.count <= 255 else { return false }
    let isLiteral = name.first == UInt8(ascii: "[") && name.last == UInt8(ascii: "]")
    return (isLiteral ? name.dropFirst().dropLast() : name[...]).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      case UInt8(ascii: ":"): isLiteral
      default: false
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// An address. Quoted local parts keep their quotes; what no address can hold becomes a question mark.
  fileprivate mutating func append(path: [UInt8]) {
    for byte in path { append(byte < 32 || byte == 127 ? UInt8(ascii: "?") : byte) }
  }

  /// Text between parentheses: what would end the comment is quoted, what is not printable ASCII becomes a question mark.
  fileprivate mutating func append(comment: [UInt8]) {
    for byte in comment.prefix(255) {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"): append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 32...126: append(byte)
      default: append(UInt8(ascii: "?"))
      }
    }
  }
}
