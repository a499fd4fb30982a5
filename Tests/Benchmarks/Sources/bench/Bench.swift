#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@main
struct Bench {
  static func main() {
    guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
      print(Options.usage)
      exit(2)
    }
    var corpora = Corpora(folder: options.folder, size: options.megabytes * 1_000_000)
    switch options.mode {
    case .help: print(Options.usage)
    case .list: for row in Row.all { print(row.name) }
    case .measure: measure(options, &corpora)
    case .repetition(let count): repeatRows(count, options, &corpora)
    case .workload(let octets): runWorkloads(options.rows, octets)
    case .check: exit(runChecks() ? 0 : 1)
    }
  }

  private static func measure(_ options: Options, _ corpora: inout Corpora) {
    if !options.writesJSON { print(Report.header) }
    for row in options.selectedRows {
      let corpus = row.prepare(corpora.bytes(row.corpus))
      for chunk in options.chunks ?? row.chunks {
        let measurement = Measurement(row, corpus, chunk: chunk, runs: options.runs)
        print(options.writesJSON ? Report.json(measurement) : Report.line(measurement))
      }
    }
  }

  private static func runWorkloads(_ names: [String], _ octets: Int) {
    if names.isEmpty { for (name, _) in allWorkloads { print(name) } }
    for (name, body) in allWorkloads where names.contains(name) { keep(body(octets)) }
  }

  private static func repeatRows(_ count: Int, _ options: Options, _ corpora: inout Corpora) {
    for row in options.selectedRows {
      let corpus = row.prepare(corpora.bytes(row.corpus))
      let chunk = options.chunks?.first ?? row.chunks[0]
      var units = 0
      for _ in 0..<count { units = row.body(corpus, chunk) }
      print("\(row.name): \(units) units, \(corpus.count) octets")
    }
  }
}
