@_spi(MailCodec) import MailWire

/// A client's line in a SASL exchange, which is never shown.
struct ExchangeLine: TapValue {
  /// `*`: the client gives up.
  let isCancellation: Bool

  /// Parses a line without its ending: base64, nothing for an empty response, or an asterisk.
  init(parsing line: Span<UInt8>) throws(SyntaxError) {
    isCancellation = line.count == 1 && line[0] == 42
    if !isCancellation { _ = try Base64.decode(line) }
  }

  /// Makes a line the value of a unit, or says why it is none; true when the client gives up with it.
  static func take(_ line: [UInt8], into unit: inout TapUnit) -> Bool {
    unit.kind = "sasl-response"
    do throws(SyntaxError) {
      let value = try ExchangeLine(parsing: line.span)
      unit.value = value
      return value.isCancellation
    } catch {
      unit.fault = TapUnit.Fault(error)
      unit.remarks = [.hidden("line")]
      return false
    }
  }

  /// Whether a line, of which nothing else is known, can belong to an exchange: a command would have a space.
  static func isPossible(_ line: Span<UInt8>) -> Bool { line.firstIndex(of: .space) == nil }

  var details: [Detail] { isCancellation ? [Detail("cancels", "yes")] : [.hidden("response")] }

  var canonical: Canonical {
    guard !isCancellation else { return .octets([42, 13, 10]) }
    return .redacted(Redaction.secret.withBytes { Base64.encode($0) } + [13, 10])
  }
}
