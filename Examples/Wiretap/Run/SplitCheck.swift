/// Feeds a recording whole, then again cut in two, at every place if there are not too many, and compares the units.
struct SplitCheck {
  /// The most octets that are fed altogether: all places of recordings up to 16 KiB are tried.
  static let mostOctets = 1 << 28

  private let options: TapOptions
  private let bytes: [UInt8]
  private let other: [UInt8]?

  init(_ options: TapOptions) throws(Failure) {
    self.options = options
    bytes = try FileSource(options.file).readAll()
    other = if let path = options.otherFile { try FileSource(path).readAll() } else { nil }
  }

  init(_ options: TapOptions, bytes: [UInt8], other: [UInt8]?) {
    self.options = options
    self.bytes = bytes
    self.other = other
  }

  func run(printingTo output: inout some TextOutput) throws(Failure) -> ExitStatus {
    var report = Report(options)
    var whole: [Int] = []
    try feed([bytes.count]) { unit in
      whole.append(Self.digest(unit))
      report.add(unit, to: &output)
    }
    report.finish(printingTo: &output)
    let places = places
    for place in places {
      if let difference = try difference(from: whole, cutAt: place) {
        output.complain("cut at \(place), \(difference)")
        return .refused
      }
    }
    let all = max(0, bytes.count - 1)
    output.complain("\(places.count) of \(all) ways to cut the input in two gave the same units")
    return report.isEverythingAccepted ? .accepted : .refused
  }

  /// Where to cut: everywhere, or at places that lie as close as the cost allows.
  var places: [Int] {
    guard bytes.count > 1 else { return [] }
    let most = max(16, Self.mostOctets / bytes.count)
    let step = max(1, (bytes.count - 1 + most - 1) / most)
    return Array(stride(from: 1, to: bytes.count, by: step))
  }

  /// What the first difference is that a cut makes; nil without one.
  private func difference(from whole: [Int], cutAt place: Int) throws(Failure) -> String? {
    var index = 0
    var different: TapUnit?
    try feed([place, bytes.count - place]) { unit in
      if different == nil, index >= whole.count || whole[index] != Self.digest(unit) { different = unit }
      index += 1
    }
    if let different { return "unit \(index) is another: \(different.kind) at \(different.offset)" }
    return index == whole.count ? nil : "there are \(index) units instead of \(whole.count)"
  }

  private func feed(_ lengths: [Int], _ body: (TapUnit) -> Void) throws(Failure) {
    var tap = try makeTap(options, other.map { MemorySource($0) }) { MemorySource(bytes) }
    var start = 0
    for length in lengths {
      tap.feed(bytes.span.extracting(start..<(start + length)))
      while let unit = try tap.next() { body(unit) }
      start += length
    }
    tap.feedEnd()
    while let unit = try tap.next() { body(unit) }
  }

  /// Two units with the same digest are the same in all that is printed of them.
  private static func digest(_ unit: TapUnit) -> Int {
    var hasher = Hasher()
    hasher.combine(JSONReport.line(unit))
    hasher.combine(TextReport.lines(unit))
    return hasher.finalize()
  }
}
