/// Prints units as they come, and counts them.
struct Report {
  private let printsJSON: Bool
  private var statistics: Statistics?
  private(set) var isEverythingAccepted = true

  init(_ options: TapOptions) {
    printsJSON = options.printsJSON
    statistics = options.printsStatistics ? Statistics() : nil
  }

  mutating func add(_ unit: TapUnit, to output: inout some TextOutput) {
    statistics?.pause()
    if !unit.isAccepted { isEverythingAccepted = false }
    statistics?.add(unit)
    if printsJSON { output.write(JSONReport.line(unit)) } else { output.write(TextReport.lines(unit)) }
    statistics?.resume()
  }

  mutating func finish(printingTo output: inout some TextOutput) {
    guard var statistics else { return }
    statistics.pause()
    let lines = statistics.lines
    if printsJSON {
      for line in lines { output.complain(line) }
    } else {
      output.write("\n" + lines.map { $0 + "\n" }.joined())
    }
  }
}
