@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// A body structure in its parentheses.
func checkIMAPBodyStructure(_ input: Span<UInt8>) throws(Finding) {
  let limits = IMAPLimits(nesting: 20, elements: 60)
  let strict = try? BodyStructure(input, limits: limits, quirks: .none)
  guard let structure = try? BodyStructure(input, limits: limits, quirks: .lenient) else {
    return try require(strict == nil, "a quirk refuses what the grammar allows")
  }
  if let strict { try require(strict == structure, "a quirk changes what the grammar allows") }
  try walk(structure, [], depth: 0)
}

/// Each part is found by its section number.
private func walk(_ structure: BodyStructure, _ number: [UInt32], depth: Int) throws(Finding) {
  try require(depth <= 42, "\(depth) levels")
  _ = (structure.kind, structure.mediaType, structure.subtype, structure.parameters, structure.disposition)
  _ = (structure.languages, structure.extensions, structure.octets, structure.lines, structure.rawText.count)
  for (index, part) in structure.parts.enumerated() {
    let inner = number + [UInt32(index + 1)]
    try walk(part, inner, depth: depth + 1)
  }
  if let body = structure.body { try walk(body, number, depth: depth + 1) }
}

/// Search keys, as they stand behind `SEARCH`.
func checkIMAPSearchKey(_ input: Span<UInt8>) throws(Finding) {
  let command = [UInt8]("A SEARCH ".utf8) + input.array
  try checkIMAPCommand(command.span)
}

/// A mailbox name: its text leads back to its octets, whatever they are.
func checkIMAPModifiedUTF7(_ input: Span<UInt8>) throws(Finding) {
  guard let name = try? MailboxName(input) else { return }
  for form in [MailboxNameForm.modifiedUTF7, .utf8] {
    let text = name.text(form)
    try require(text.utf8.count <= 4 * input.count + 16, "\(text.utf8.count) octets of text for \(input.count)")
    let again = try? MailboxName(text, form)
    try require(again?.bytes == name.bytes, "another name of \(text): \(name.bytes.visible)")
    _ = name.isValid(form)
  }
  for level in name.levels(delimiter: 47) { _ = level.count }
}

/// Two sets, separated by a space.
func checkIMAPSet(_ input: Span<UInt8>) throws(Finding) {
  let parts = input.array.split(separator: 32, maxSplits: 1, omittingEmptySubsequences: false).map { [UInt8]($0) }
  var sets: [SequenceSet] = []
  for part in parts {
    guard let set = try? SequenceSet(part.span) else { return }
    let written = [UInt8](set.description.utf8)
    try require(written.count <= part.count + 8, "\(written.count) octets written for \(part.count)")
    guard let again = try? SequenceSet(written.span) else { throw Finding("cannot be read: \(written.visible)") }
    try require(again == set && again.description == set.description, "read again: \(written.visible)")
    sets.append(set)
  }
  guard sets.count == 2 else { return }
  let last: UInt32 = 1_000
  let left = sets[0].ranges.resolved(last: last)
  let right = sets[1].ranges.resolved(last: last)
  let union = left.union(right)
  let intersection = left.intersection(right)
  let difference = left.subtracting(right)
  var probes: [UInt32] = [1, last, .max]
  for range in left.ranges + right.ranges {
    probes += [range.lowerBound, range.upperBound, max(range.lowerBound, 2) - 1, range.upperBound &+ 1]
  }
  for probe in probes where probe > 0 {
    let (isLeft, isRight) = (left.contains(probe), right.contains(probe))
    try require(union.contains(probe) == (isLeft || isRight), "union of \(probe)")
    try require(intersection.contains(probe) == (isLeft && isRight), "intersection of \(probe)")
    try require(difference.contains(probe) == (isLeft && !isRight), "difference of \(probe)")
  }
  try require(
    union.closedCount == left.closedCount + right.closedCount - intersection.closedCount, "counts do not add up")
}

/// A URL: what is written of it is read as the same, and is of the same kind of length.
func checkIMAPURL(_ input: Span<UInt8>) throws(Finding) {
  guard let url = try? IMAPURL(input) else { return }
  let written = url.string.bytes
  try require(written.count <= 3 * input.count + 16, "\(written.count) octets written for \(input.count)")
  guard let again = try? IMAPURL(written.span) else { throw Finding("cannot be read: \(written.visible)") }
  try require(again == url && again.string.bytes == written, "read again: \(written.visible)")
  try require(!url.description.utf8.contains { $0 < 32 || $0 == 127 }, "a control character in \(written.visible)")
}
