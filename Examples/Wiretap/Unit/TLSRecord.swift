@_spi(MailCodec) import MailWire

/// A TLS record where a unit should begin: TLS began, and the recording shows it undecrypted from there on, or its last
/// alert.
enum TLSRecord {
  /// What stands at the front of the input.
  enum Found {
    case nothing
    /// It may be one; more octets are wanted.
    case undecided
    case unit(TapUnit)
  }

  /// Takes a record, if there is one. Strict reading refuses it.
  static func take(from input: inout TapInput, isStrict: Bool) -> Found {
    guard let length = length(input.buffer.bytes, isWhole: input.isAtEnd) else { return .nothing }
    guard length > 0, length <= input.buffer.count else {
      guard input.isAtEnd else { return .undecided }
      return input.takeRest("a TLS record").map { .unit($0) } ?? .nothing
    }
    var unit = TapUnit("tls-record", at: input.offset, length: UInt64(length))
    input.buffer.consume(length)
    if isStrict { unit.fault = TapUnit.Fault(.unexpectedByte, at: 0) } else { unit.quirks = ["tlsRecord"] }
    unit.remarks = [Detail("note", "encrypted; what follows may be, too")]
    return .unit(unit)
  }

  /// The length of the record at the front; 0 when its header is not there yet, nil when there is none.
  ///
  /// [RFC 8446 §5.1](https://www.rfc-editor.org/rfc/rfc8446#section-5.1): type 20 to 24, version 3.0 to 3.4, length.
  private static func length(_ bytes: Span<UInt8>, isWhole: Bool) -> Int? {
    if bytes.isEmpty || !(20...24).contains(bytes[0]) { return nil }
    if bytes.count > 1, bytes[1] != 3 { return nil }
    if bytes.count > 2, bytes[2] > 4 { return nil }
    guard bytes.count >= 5 else { return isWhole ? nil : 0 }
    let length = Int(bytes[3]) << 8 | Int(bytes[4])
    return length <= 18_432 ? 5 + length : nil
  }
}
