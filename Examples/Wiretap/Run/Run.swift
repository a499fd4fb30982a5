/// Does what the arguments say, and says how it ended.
func runCommand(_ arguments: [String], printingTo output: inout some TextOutput) -> ExitStatus {
  defer { output.flush() }
  do throws(Failure) {
    guard let options = try TapOptions.parse(arguments) else {
      output.write(TapOptions.usage + "\n")
      return .accepted
    }
    return try run(options, printingTo: &output)
  } catch {
    output.complain(error.text)
    return error.status
  }
}

private func run(_ options: TapOptions, printingTo output: inout some TextOutput) throws(Failure) -> ExitStatus {
  if options.chunking == .everySplit { return try SplitCheck(options).run(printingTo: &output) }
  var source = try FileSource(options.file)
  let other: FileSource? = if let path = options.otherFile { try FileSource(path) } else { nil }
  var report = Report(options)
  var tap = try makeTap(options, other) { () throws(Failure) in try FileSource(options.file) }
  try pump(&source, into: &tap, inPiecesOf: options.pieceLength) { unit in report.add(unit, to: &output) }
  report.finish(printingTo: &output)
  return report.isEverythingAccepted ? .accepted : .refused
}

extension TapOptions {
  /// In how many octets at a time the input is fed.
  var pieceLength: Int {
    if case .octets(let count) = chunking { count } else { 1 << 16 }
  }
}

/// Feeds all octets of a recording, in pieces of so many, and hands on each unit as soon as it is complete.
func pump(
  _ source: inout some ByteSource, into tap: inout any Tap, inPiecesOf length: Int, _ body: (TapUnit) -> Void
) throws(Failure) {
  var block: [UInt8] = []
  var isMore = true
  while isMore {
    block.removeAll(keepingCapacity: true)
    isMore = try source.read(max(length, 1 << 16), into: &block)
    var start = 0
    while start < block.count {
      let end = min(start + length, block.count)
      tap.feed(block.span.extracting(start..<end))
      while let unit = try tap.next() { body(unit) }
      start = end
    }
  }
  tap.feedEnd()
  while let unit = try tap.next() { body(unit) }
}
