import POP3Codec

extension POP3Response: TapValue {
  var details: [Detail] {
    var details = [Detail("status", statusText)]
    if let code { details.append(Detail("code", octets: code.bytes)) }
    return text.isEmpty ? details : details + [Detail("text", octets: text)]
  }

  var canonical: Canonical { .octets(encoded) }

  private var statusText: String {
    switch status {
    case .ok: "+OK"
    case .error: "-ERR"
    case .continuation: "+"
    }
  }

  /// What to say of it beside a command.
  var summary: String {
    let text = excerpt(text.span, upTo: 60)
    return text.isEmpty ? statusText : statusText + " " + text
  }

  var outcome: TapUnit.Outcome {
    switch status {
    case .ok: .positive
    case .error: .negative
    case .continuation: .intermediate
    }
  }
}

/// A response whose text means something to programs.
struct POP3Answer: TapValue {
  let response: POP3Response
  let meaning: [Detail]

  var details: [Detail] { response.details + meaning }

  var canonical: Canonical { response.canonical }
}
