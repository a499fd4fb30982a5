@_spi(MailCodec) import MailWire

/// Modified UTF-7, [RFC 3501 §5.1.3](https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3), without loss.
///
/// Encoding is canonical: printable ASCII stands for itself, `&-` for the ampersand, and each longest run of anything else is
/// one base64 run of UTF-16. Decoding takes exactly these forms; an octet that belongs to no such form becomes the character
/// U+F700 + octet, which encoding turns into that octet again. So `encode(decode(b)) == b` for all octets.
enum ModifiedUTF7 {
  static let ampersand: UInt8 = 38

  /// Whether the character stands for an octet that could not be decoded.
  static func isEscape(_ scalar: Unicode.Scalar) -> Bool { 0xF700...0xF7FF ~= scalar.value }

  private static func append(escaped byte: UInt8, to text: inout String.UnicodeScalarView) {
    // U+F700 to U+F7FF are scalars, so there is always one.
    if let scalar = Unicode.Scalar(0xF700 + UInt32(byte)) { text.append(scalar) }
  }

  // MARK: Encoding

  static func encode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var run: [UInt16] = []
    for scalar in text.unicodeScalars {
      let isPlain = 0x20...0x7E ~= scalar.value
      guard isPlain || isEscape(scalar) else {
        run.append(contentsOf: UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
        continue
      }
      flush(&run, to: &bytes)
      bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      if scalar.value == UInt32(ampersand) { bytes.append(.hyphen) }
    }
    flush(&run, to: &bytes)
    return bytes
  }

  /// Writes `&`, the base64 of the units with a comma for the slash and no padding, and `-`.
  private static func flush(_ run: inout [UInt16], to bytes: inout [UInt8]) {
    guard !run.isEmpty else { return }
    bytes.append(ampersand)
    var pending: UInt32 = 0
    var bits = 0
    for unit in run {
      pending = pending << 16 | UInt32(unit)
      bits += 16
      while bits >= 6 {
        bits -= 6
        bytes.append(character(UInt8(truncatingIfNeeded: pending >> UInt32(bits)) & 63))
      }
      pending &= (1 << UInt32(bits)) - 1
    }
    if bits > 0 { bytes.append(character(UInt8(truncatingIfNeeded: pending << UInt32(6 - bits)) & 63)) }
    bytes.append(.hyphen)
    run.removeAll(keepingCapacity: true)
  }

  private static func character(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: 65 + value
    case 26..<52: 71 + value
    case 52..<62: value - 4
    case 62: .plus
    default: .comma
    }
  }

  // MARK: Decoding

  static func decode(_ bytes: Span<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    var isBehindRun = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == ampersand, let end = shiftEnd(in: bytes, from: index + 1) {
        if end == index + 1 {
          text.append(Unicode.Scalar(ampersand))
          index = end + 1
          isBehindRun = false
          continue
        }
        // Two runs side by side would be one run when encoded.
        if !isBehindRun, let run = decodeRun(bytes.extracting((index + 1)..<end)) {
          text.append(contentsOf: run)
          index = end + 1
          isBehindRun = true
          continue
        }
      }
      isBehindRun = false
      if byte != ampersand, byte.isASCIIPrintable {
        text.append(Unicode.Scalar(byte))
      } else {
        append(escaped: byte, to: &text)
      }
      index += 1
    }
    return String(text)
  }

  /// Where the `-` stands that ends the base64 from `start`; nil when another octet ends it.
  private static func shiftEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count, value(of: bytes[index]) != nil { index += 1 }
    return index < bytes.count && bytes[index] == .hyphen ? index : nil
  }

  /// The characters of a run; nil unless encoding them gives the same run.
  private static func decodeRun(_ base64: Span<UInt8>) -> [Unicode.Scalar]? {
    var scalars: [Unicode.Scalar] = []
    var pending: UInt32 = 0
    var bits = 0
    var high: UInt32 = 0
    for index in base64.indices {
      guard let value = value(of: base64[index]) else { return nil }
      pending = pending << 6 | UInt32(value)
      bits += 6
      guard bits >= 16 else { continue }
      bits -= 16
      let unit = pending >> UInt32(bits)
      pending &= (1 << UInt32(bits)) - 1
      guard append(unit, &high, to: &scalars) else { return nil }
    }
    // What is left is padding: less than one character of it, and all zero.
    return high == 0 && bits < 6 && pending == 0 ? scalars : nil
  }

  private static func append(_ unit: UInt32, _ high: inout UInt32, to scalars: inout [Unicode.Scalar]) -> Bool {
    if high != 0 {
      guard 0xDC00...0xDFFF ~= unit else { return false }
      guard let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)) else { return false }
      high = 0
      scalars.append(scalar)
      return true
    }
    if 0xD800...0xDBFF ~= unit {
      high = unit
      return true
    }
    // Printable ASCII must stand for itself, NUL can stand nowhere, and the escapes' own characters are no text.
    guard unit != 0, !(0x20...0x7E ~= unit), let scalar = Unicode.Scalar(unit), !isEscape(scalar) else { return false }
    scalars.append(scalar)
    return true
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case 65...90: byte - 65
    case 97...122: byte - 71
    case 48...57: byte + 4
    case .plus: 62
    case .comma: 63
    default: nil
    }
  }

  // MARK: UTF-8

  static func encodeAsUTF8(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if isEscape(scalar) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return bytes
  }

  static func decodeAsUTF8(_ bytes: Span<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      if let length = bytes.scalarLength(at: index), let scalar = scalar(in: bytes, at: index, length),
        !isEscape(scalar)
      {
        text.append(scalar)
        index += length
      } else {
        append(escaped: bytes[index], to: &text)
        index += 1
      }
    }
    return String(text)
  }

  /// The scalar of a well-formed sequence.
  private static func scalar(in bytes: Span<UInt8>, at index: Int, _ length: Int) -> Unicode.Scalar? {
    guard length > 1 else { return Unicode.Scalar(bytes[index]) }
    var value = UInt32(bytes[index]) & (0x7F >> UInt32(length))
    for position in (index + 1)..<(index + length) { value = value << 6 | UInt32(bytes[position] & 0x3F) }
    return Unicode.Scalar(value)
  }
}
