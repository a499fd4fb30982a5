@_spi(MailCodec) import MailWire

/// A unit as one line of JSON.
enum JSONReport {
  static func line(_ unit: TapUnit) -> [UInt8] {
    var line = "{\"offset\":\(unit.offset),\"length\":\(unit.length),\"kind\":\(quoted(unit.kind))"
    line += ",\"ok\":\(unit.isAccepted),\"quirks\":[\(unit.quirks.map(quoted).joined(separator: ","))],\"error\":"
    if let fault = unit.fault {
      line += "{\"code\":\(quoted(fault.code)),\"offset\":\(fault.offset)}"
    } else {
      line += "null"
    }
    line += ",\"canonical\":"
    var isRedacted = false
    switch unit.value?.canonical ?? .none {
    case .octets(let octets): line += base64(octets)
    case .redacted(let octets):
      line += base64(octets)
      isRedacted = true
    case .none: line += "null"
    }
    if isRedacted { line += ",\"redacted\":true" }
    if let partner = unit.answers { line += ",\"answers\":\(object(partner))" }
    if !unit.answered.isEmpty { line += ",\"answered\":[\(unit.answered.map(object).joined(separator: ","))]" }
    return [UInt8]((line + "}\n").utf8)
  }

  private static func object(_ partner: TapUnit.Partner) -> String {
    "{\"kind\":\(quoted(partner.kind)),\"offset\":\(partner.offset),\"summary\":\(quoted(partner.summary))}"
  }

  private static func base64(_ octets: [UInt8]) -> String {
    "\"" + String(decoding: Base64.encode(octets.span), as: UTF8.self) + "\""
  }

  /// What is quoted here is printable, escaped already: only two characters need JSON's own escapes.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }
}
