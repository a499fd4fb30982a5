@_spi(MailCodec) import MailWire

/// A named part of a value, perhaps with parts of its own.
struct Detail: Equatable, Sendable {
  let name: String
  /// Printable ASCII; empty when the parts say it all.
  let text: String
  var parts: [Detail]

  init(_ name: String, _ text: String = "", _ parts: [Detail] = []) {
    self.name = name
    self.text = text
    self.parts = parts
  }

  /// Octets of the peer's, escaped.
  init(_ name: String, octets: [UInt8], _ parts: [Detail] = []) { self.init(name, escaped(octets.span), parts) }

  /// A number.
  init(_ name: String, _ number: some BinaryInteger) { self.init(name, "\(number)") }

  /// Something that is not to be seen.
  static func hidden(_ name: String) -> Detail { Detail(name, Redaction.mark) }
}

/// Octets as printable ASCII: `\xHH` for all else, and a backslash doubled.
func escaped(_ octets: Span<UInt8>) -> String {
  String(decoding: TraceRecord(.client, line: octets).text, as: UTF8.self)
}

/// As much of a peer's octets as a line of output should hold.
func excerpt(_ octets: Span<UInt8>, upTo limit: Int = 200) -> String {
  guard octets.count > limit else { return escaped(octets) }
  return escaped(octets.extracting(first: limit)) + "… (\(octets.count) octets)"
}
