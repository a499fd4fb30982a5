import IMAPCodec
import MailWire

/// What follows a message in the command that brings it.
struct IMAPContinuationValue: TapValue {
  let continuation: AppendContinuation

  var kind: String {
    if case .end = continuation.next { "append-end" } else { "append-more" }
  }

  var details: [Detail] {
    var details = continuation.urls.map { Detail("url", octets: $0.bytes) }
    switch continuation.next {
    case .text(let content): details.append(Detail("octets", content.size))
    case .message: details += [Detail("next message", "", IMAPOutline.details(of: octets, droppingWords: 0))]
    case .end: break
    }
    return details
  }

  var canonical: Canonical { .octets(octets) }

  private var octets: [UInt8] { continuation.encoded(for: IMAPEncoding()).bytes }
}

/// `DONE`: the end of `IDLE`, [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177).
struct IMAPDone: TapValue {
  static let word = [UInt8]("DONE".utf8)

  var details: [Detail] { [] }

  var canonical: Canonical { .octets(Self.word + [13, 10]) }
}
