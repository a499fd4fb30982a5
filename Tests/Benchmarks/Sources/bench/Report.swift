/// How measurements are printed.
enum Report {
  static let header =
    columns(["row", "read", "octets", "units", "MB/s", "spread", "ns/unit", "allocs/unit", "memcpy", "line split"])

  static func line(_ measurement: Measurement) -> String {
    columns([
      measurement.row, size(measurement.chunk), "\(measurement.octets)", "\(measurement.units)",
      whole(measurement.megabytesPerSecond), whole(measurement.spread * 100) + " %",
      hundredths(measurement.nanosecondsPerUnit), hundredths(measurement.allocationsPerUnit),
      whole(rate(measurement, measurement.copySeconds)), whole(rate(measurement, measurement.splitSeconds))
    ])
  }

  static func json(_ measurement: Measurement) -> String {
    let fields: [(String, String)] = [
      ("row", "\"\(measurement.row)\""), ("chunk", "\(min(measurement.chunk, measurement.octets))"),
      ("octets", "\(measurement.octets)"), ("units", "\(measurement.units)"),
      ("megabytesPerSecond", hundredths(measurement.megabytesPerSecond)), ("spread", hundredths(measurement.spread)),
      ("nanosecondsPerUnit", hundredths(measurement.nanosecondsPerUnit)),
      ("allocationsPerUnit", hundredths(measurement.allocationsPerUnit)),
      ("memcpyMegabytesPerSecond", hundredths(rate(measurement, measurement.copySeconds))),
      ("lineSplitMegabytesPerSecond", hundredths(rate(measurement, measurement.splitSeconds)))
    ]
    return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  private static func rate(_ measurement: Measurement, _ seconds: Double) -> Double {
    Double(measurement.octets) / seconds / 1e6
  }

  private static func columns(_ texts: [String]) -> String {
    let widths = [24, 8, 10, 10, 8, 7, 9, 12, 8, 11]
    return zip(texts, widths).enumerated().map { index, column in
      let padding = String(repeating: " ", count: max(0, column.1 - column.0.count))
      return index == 0 ? column.0 + padding : padding + column.0
    }.joined(separator: " ")
  }

  private static func size(_ chunk: Int) -> String {
    chunk == .max ? "all" : chunk % 1024 == 0 ? "\(chunk / 1024) KiB" : "\(chunk) B"
  }

  static func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }

  static func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
