@_spi(MailCodec) import MailWire

/// The character classes of [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9).
///
/// Computed, because a constant of two words costs less than the check whether a stored one was initialised.
extension ASCIIClass {
  /// `ATOM-CHAR`: visible ASCII but `"%()*\]{`.
  @inline(__always) static var atom: ASCIIClass {
    ASCIIClass(low: 0xFFFF_F8DA_0000_0000, high: 0x77FF_FFFF_CFFF_FFFF)
  }

  /// `ASTRING-CHAR`: `ATOM-CHAR` and `]`.
  @inline(__always) static var astring: ASCIIClass {
    ASCIIClass(low: 0xFFFF_F8DA_0000_0000, high: 0x77FF_FFFF_EFFF_FFFF)
  }

  /// The characters of a tag: `ASTRING-CHAR` but `+`.
  @inline(__always) static var tag: ASCIIClass {
    ASCIIClass(low: 0xFFFF_F0DA_0000_0000, high: 0x77FF_FFFF_EFFF_FFFF)
  }

  /// `list-char`: `ATOM-CHAR`, the wildcards `%` and `*`, and `]`.
  @inline(__always) static var list: ASCIIClass {
    ASCIIClass(low: 0xFFFF_FCFA_0000_0000, high: 0x77FF_FFFF_EFFF_FFFF)
  }
}

extension UInt8 {
  @inline(__always) static var quote: UInt8 { 34 }
  @inline(__always) static var openParenthesis: UInt8 { 40 }
  @inline(__always) static var closeParenthesis: UInt8 { 41 }
  @inline(__always) static var asterisk: UInt8 { 42 }
  @inline(__always) static var plus: UInt8 { 43 }
  @inline(__always) static var comma: UInt8 { 44 }
  @inline(__always) static var hyphen: UInt8 { 45 }
  @inline(__always) static var colon: UInt8 { 58 }
  @inline(__always) static var lessThan: UInt8 { 60 }
  @inline(__always) static var greaterThan: UInt8 { 62 }
  @inline(__always) static var openBracket: UInt8 { 91 }
  @inline(__always) static var backslash: UInt8 { 92 }
  @inline(__always) static var closeBracket: UInt8 { 93 }
  @inline(__always) static var openBrace: UInt8 { 123 }
  @inline(__always) static var closeBrace: UInt8 { 125 }
  @inline(__always) static var tilde: UInt8 { 126 }
}
