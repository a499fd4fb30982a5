@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

/// The input is one line of a server without its ending: a response, a capability, or a row of a listing.
func checkPOP3Response(_ input: Span<UInt8>) throws(Finding) {
  for quirks in [POP3Quirks.none, .lenient] {
    if let response = try? POP3Response(input, quirks: quirks) { try checkWritten(response, quirks) }
    try checkListings(input, quirks)
  }
  try checkWritten(POP3Response(.error, nil, String(decoding: input.array, as: UTF8.self)), .none)
}

private func checkWritten(_ response: POP3Response, _ quirks: POP3Quirks) throws(Finding) {
  let wire = response.encoded
  try require(wire.count == response.encodedCount, "\(response.encodedCount) octets: \(wire.visible)")
  try require(wire.suffix(2) == [13, 10], "no line end: \(wire.visible)")
  let line = Array(wire.dropLast(2))
  try require(!line.contains { $0 == 13 || $0 == 10 || $0 == 0 }, "a line end within a line: \(wire.visible)")
  try require((try? POP3Response(line.span, quirks: quirks)) == response, "read again: \(wire.visible)")
  _ = response.description
}

private func checkListings(_ input: Span<UInt8>, _ quirks: POP3Quirks) throws(Finding) {
  var used = POP3Quirks.none
  if let row = try? DropListing(parsing: input, quirks: quirks, used: &used) {
    let line = written { row.write(to: &$0) }
    try require((try? DropListing(parsing: line.span, used: &used)) == row, "read again: \(line.visible)")
  }
  if let row = try? ScanListing(parsing: input, quirks: quirks, used: &used) {
    let line = written { row.write(to: &$0) }
    try require((try? ScanListing(parsing: line.span, used: &used)) == row, "read again: \(line.visible)")
  }
  if let view = try? UniqueIDListingView.parse(input, quirks: quirks, used: &used) {
    let row = UniqueIDListing(view)
    let line = written { row.write(to: &$0) }
    guard let again = try? UniqueIDListingView.parse(line.span, used: &used) else {
      throw Finding("what was written cannot be read: \(line.visible)")
    }
    try require(UniqueIDListing(again) == row, "read again: \(line.visible)")
  }
  if let capability = try? POP3Capability(parsing: input, quirks: quirks, used: &used) {
    let line = Array(written { capability.write(to: &$0) }.dropLast(2))
    try require(!line.contains { $0 == 13 || $0 == 10 || $0 == 0 }, "a line end within a line: \(line.visible)")
    try require((try? POP3Capability(parsing: line.span, used: &used)) == capability, "read again: \(line.visible)")
    _ = POP3Capabilities([capability]).mechanisms
  }
}

private func written(_ write: (inout OutboundBuffer) -> Void) -> [UInt8] {
  var output = OutboundBuffer()
  write(&output)
  return output.bytes.array
}
