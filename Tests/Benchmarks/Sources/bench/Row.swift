/// One thing that is measured on one corpus.
struct Row {
  let name: String
  let corpus: CorpusKind
  /// The sizes of the reads in which the corpus arrives; one that is larger than the corpus means all at once.
  let chunks: [Int]
  /// What to do to the corpus before it is measured.
  var prepare: ([UInt8]) -> [UInt8] = { $0 }
  /// Does the work once and returns the number of units.
  let body: (_ corpus: [UInt8], _ chunk: Int) -> Int

  static let lineChunks = [65_536, 1024, 16, 1]

  static var all: [Row] {
    smtpRequests + smtpResponses + smtpContent + smtpMachines + pop3 + imapResponses + imapCommands
  }
}

/// Calls `body` with each chunk of the corpus.
@inline(__always)
func forEachChunk(_ bytes: [UInt8], _ chunk: Int, _ body: (Span<UInt8>) -> Void) {
  let span = bytes.span
  var offset = 0
  while offset < span.count {
    let end = min(offset + chunk, span.count)
    body(span.extracting(offset..<end))
    offset = end
  }
}

/// The ranges of the chunks of so many octets. A loop over them costs no call for each, as ``forEachChunk`` does where its
/// body is long: with reads of an octet that is a good part of what is measured.
struct Chunks {
  let count: Int
  let size: Int
  private var offset = 0

  init(_ bytes: [UInt8], _ size: Int) {
    count = bytes.count
    self.size = size
  }

  @inline(__always)
  mutating func next() -> Range<Int>? {
    guard offset < count else { return nil }
    let start = offset
    offset = min(start &+ size, count)
    return start..<offset
  }
}

/// Keeps the compiler from leaving out work whose result nobody wants.
@inline(never)
@_optimize(none)
func keep(_ value: Int) {}
