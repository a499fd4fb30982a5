import MailWire
import SMTPCodec

extension SMTPReply: TapValue {
  var details: [Detail] {
    var details = [Detail("code", "\(code)")]
    if let status { details.append(Detail("enhanced status", "\(status)")) }
    let lines = lines
    if lines.count == 1 { return details + [Detail("text", octets: text)] }
    return details + [Detail("text", "", lines.map { Detail("line", octets: Array($0)) })]
  }

  var canonical: Canonical { .octets(encoded) }

  /// What to say of it beside a command.
  var summary: String {
    let line = Array(lines.first ?? [])
    return "\(code) " + (status.map { "\($0) " } ?? "") + excerpt(line.span, upTo: 60)
  }

  var outcome: TapUnit.Outcome {
    switch severity {
    case .positiveCompletion: .positive
    case .positiveIntermediate: .intermediate
    case .transientNegative, .permanentNegative: .negative
    }
  }
}

/// A reply that lists what the server offers.
struct SMTPOffer: TapValue {
  let reply: SMTPReply

  var details: [Detail] {
    let entries = SMTPCapabilities(reply, quirks: .lenient).entries
    return reply.details + [
      Detail("offers", "", entries.map { Detail($0.keyword.description.uppercased(), octets: $0.parameters) })
    ]
  }

  var canonical: Canonical { reply.canonical }
}
