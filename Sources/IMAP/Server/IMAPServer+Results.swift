public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPServer {
  /// Tells which messages a `SEARCH` has found, in the form that the client asked for, and keeps them where it said `SAVE`.
  ///
  ///     S: * SEARCH 2 84 882
  ///     S: * ESEARCH (TAG "A3") UID MIN 2 COUNT 3
  ///
  /// - Parameter modSequence: the highest of the messages, for a search by `MODSEQ`.
  /// - Throws: `outOfSequence` when no `SEARCH` runs, `closed`.
  public mutating func sendResult(_ uids: NumberRanges, modSequence: UInt64? = nil) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, case .search(let returning) = running.kind, let view else { throw .outOfSequence }
    let numbers = running.isUID ? uids : view.sequenceNumbers(of: uids)
    guard let returning else {
      return try sendList(numbers.numbers(limit: Int(view.count)), modSequence, isSorted: false)
    }
    let found: OrderedNumbers
    do throws(SyntaxError) { found = try OrderedNumbers(numbers.ranges) } catch { throw .badArgument }
    try sendExtended(found, uids, returning, modSequence)
  }

  /// Tells which messages a `SORT` has found, in their order.
  ///
  ///     S: * SORT 5 3 4 1 2
  ///
  /// - Throws: `outOfSequence` when no `SORT` runs, `badArgument` for UIDs that the client does not know, `closed`.
  public mutating func sendSortedResult(_ uids: [UInt32], modSequence: UInt64? = nil) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, case .sort(let returning) = running.kind, let view else { throw .outOfSequence }
    let numbers = running.isUID ? uids : uids.compactMap { view.sequenceNumber(of: $0) }
    guard numbers.count == uids.count else { throw .badArgument }
    guard let returning else { return try sendList(numbers, modSequence, isSorted: true) }
    let found: OrderedNumbers
    let all: NumberRanges
    do throws(SyntaxError) {
      found = try OrderedNumbers(numbers)
      all = try NumberRanges(uids)
    } catch {
      throw .badArgument
    }
    try sendExtended(found, all, returning, modSequence)
  }

  private mutating func sendList(_ numbers: [UInt32], _ modSequence: UInt64?, isSorted: Bool) throws(MisuseError) {
    let response: SearchResponse
    do throws(SyntaxError) {
      response = try SearchResponse(numbers, modSeq: numbers.isEmpty ? nil : modSequence)
    } catch {
      throw .badArgument
    }
    write(isSorted ? .sort(response) : .search(response))
  }

  /// `ESEARCH`, [RFC 9051 §7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4).
  private mutating func sendExtended(
    _ found: OrderedNumbers, _ uids: NumberRanges, _ returning: SearchReturn, _ modSequence: UInt64?
  ) throws(MisuseError) {
    guard let running else { return }
    let options = returning.options
    let results: SearchReturn.Options = [.minimum, .maximum, .all, .count]
    var response = ExtendedSearchResponse()
    response.correlator = SearchCorrelator(running.tag)
    response.isUID = running.isUID
    let asksNothing = options.isDisjoint(with: results) && returning.partial == nil
    if options.contains(.minimum) { response.minimum = found[0] }
    if options.contains(.maximum), found.count > 0 { response.maximum = found[found.count - 1] }
    if options.contains(.all) || (asksNothing && !options.contains(.save)) { response.all = found }
    if options.contains(.count) { response.count = UInt32(clamping: found.count) }
    if let range = returning.partial { response.partial = PartialResult(range, found.part(range)) }
    if found.count > 0 { response.modSeq = modSequence }
    if options.contains(.save) { save(uids, options, asksNothing: asksNothing) }
    guard !(asksNothing && options.contains(.save)) else { return }
    write(.extendedSearch(response))
  }

  /// What `SAVE` keeps, [RFC 5182 §2.4](https://www.rfc-editor.org/rfc/rfc5182#section-2.4): the ends alone, when only they are
  /// asked for.
  private mutating func save(_ uids: NumberRanges, _ options: SearchReturn.Options, asksNothing: Bool) {
    guard !asksNothing, options.isDisjoint(with: [.all, .count]), let first = uids.ranges.first?.lowerBound,
      let last = uids.ranges.last?.upperBound
    else {
      view?.saveResult(uids)
      return
    }
    var ends: [UInt32] = []
    if options.contains(.minimum) { ends.append(first) }
    if options.contains(.maximum) { ends.append(last) }
    view?.saveResult((try? NumberRanges(ends)) ?? uids)
  }
}

extension OrderedNumbers {
  /// The places of `range`, counted from 1, or from −1 at the end; less where there are not so many.
  ///
  /// [RFC 9394 §3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1)
  fileprivate func part(_ range: ResultRange) -> OrderedNumbers {
    let count = Int64(clamping: self.count)
    let ends = [range.first, range.last].map { $0 > 0 ? $0 - 1 : count + $0 }
    let lower = Swift.max(0, Swift.min(ends[0], ends[1]))
    let upper = Swift.min(count - 1, Swift.max(ends[0], ends[1]))
    guard lower <= upper else { return OrderedNumbers() }
    var part: [ClosedRange<UInt32>] = []
    var before: Int64 = 0
    for range in ranges {
      let length = Int64(range.upperBound) - Int64(range.lowerBound) + 1
      let first = Swift.max(lower - before, 0)
      let last = Swift.min(upper - before, length - 1)
      if first <= last { part.append((range.lowerBound + UInt32(first))...(range.lowerBound + UInt32(last))) }
      before += length
      if before > upper { break }
    }
    return (try? OrderedNumbers(part)) ?? OrderedNumbers()
  }
}
