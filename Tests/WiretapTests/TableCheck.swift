import Testing

@testable import Wiretap

/// Each row gives what it says, whole, by single octets and cut in two anywhere.
func check(_ rows: [Row], sourceLocation: SourceLocation = #_sourceLocation) throws {
  for row in rows {
    let octets = wire(row.text)
    let other = row.other.map(wire)
    for chunk in ["", " --chunk 1", " --chunk 7"] {
      let lines = try Tapped(row.arguments + chunk, octets, with: other).lines
      if lines != row.expected {
        Issue.record("\(row.arguments)\(chunk) \(row.text.debugDescription): \(lines)", sourceLocation: sourceLocation)
      }
    }
    let arguments = row.arguments.split(separator: " ").map(String.init)
    guard let options = try TapOptions.parse(arguments + ["FILE"]) else { continue }
    var printed = Printed()
    _ = try SplitCheck(options, bytes: octets, other: other).run(printingTo: &printed)
    let same =
      "\(max(0, octets.count - 1)) of \(max(0, octets.count - 1)) ways to cut the input in two gave the same units"
    if printed.complaints != [same] {
      Issue.record(
        "\(row.arguments) \(row.text.debugDescription): \(printed.complaints)", sourceLocation: sourceLocation)
    }
  }
}
