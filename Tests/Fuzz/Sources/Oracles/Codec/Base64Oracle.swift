import MailWire

/// The input is encoded, and decoded as it is: every value has exactly one spelling.
func checkBase64(_ input: Span<UInt8>) throws(Finding) {
  let bytes = input.array
  let text = Base64.encode(input)
  try require(text.count == (bytes.count + 2) / 3 * 4, "the length of the encoded text")
  try require((try? Base64.decode(text.span)) == bytes, "base64 does not decode to what was encoded")
  guard let decoded = try? Base64.decode(input) else { return }
  try require(Base64.encode(decoded.span) == bytes, "a second spelling of \(decoded): \(bytes.visible)")
}
