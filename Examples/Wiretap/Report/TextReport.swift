/// A unit for people: a line with its offset and kind, and below it, indented, what it is made of.
enum TextReport {
  static func lines(_ unit: TapUnit) -> String {
    let number = "\(unit.offset)"
    let padding = String(repeating: " ", count: max(0, 8 - number.count))
    var text = "\(padding)\(number)  \(unit.kind)"
    if unit.kind == TapUnit.incomplete {
      text += ": the input ends after \(unit.length) octets of it\n"
    } else if let fault = unit.fault {
      text += "  REFUSED: \(fault.code) at its octet \(fault.offset) (offset \(unit.offset + fault.offset))\n"
    } else {
      text += "\n"
    }
    if !unit.quirks.isEmpty { append(Detail("quirks", unit.quirks.joined(separator: ", ")), 0, to: &text) }
    for detail in unit.value?.details ?? [] { append(detail, 0, to: &text) }
    for detail in unit.remarks { append(detail, 0, to: &text) }
    if let partner = unit.answers { append(Detail("answers", description(partner)), 0, to: &text) }
    for partner in unit.answered { append(Detail("answered", description(partner)), 0, to: &text) }
    return text
  }

  private static func description(_ partner: TapUnit.Partner) -> String {
    "\(partner.summary) (at \(partner.offset) of the other side)"
  }

  private static func append(_ detail: Detail, _ level: Int, to text: inout String) {
    text += String(repeating: " ", count: 12 + 2 * level) + detail.name
    text += detail.text.isEmpty ? (detail.parts.isEmpty ? ": (empty)\n" : ":\n") : ": \(detail.text)\n"
    for part in detail.parts { append(part, level + 1, to: &text) }
  }
}
