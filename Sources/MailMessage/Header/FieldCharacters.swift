@_spi(MailCodec) import MailWire

extension UInt8 {
  static var tab: UInt8 { 9 }
  static var quote: UInt8 { 34 }
  static var openParenthesis: UInt8 { 40 }
  static var closeParenthesis: UInt8 { 41 }
  static var comma: UInt8 { 44 }
  static var hyphen: UInt8 { 45 }
  static var slash: UInt8 { 47 }
  static var colon: UInt8 { 58 }
  static var semicolon: UInt8 { 59 }
  static var lessThan: UInt8 { 60 }
  static var equals: UInt8 { 61 }
  static var greaterThan: UInt8 { 62 }
  static var question: UInt8 { 63 }
  static var at: UInt8 { 64 }
  static var openBracket: UInt8 { 91 }
  static var backslash: UInt8 { 92 }
  static var closeBracket: UInt8 { 93 }
  static var underscore: UInt8 { 95 }
  static var asterisk: UInt8 { 42 }
  static var apostrophe: UInt8 { 39 }
  static var percent: UInt8 { 37 }

  /// A space or a tab.
  var isBlank: Bool { self == .space || self == .tab }

  /// A blank or part of a line end: what may separate words once a field's lines count as one.
  var isFieldSpace: Bool { isBlank || self == .carriageReturn || self == .lineFeed }

  /// `specials` of RFC 5322 but for the dot, which old phrases have.
  var isSpecial: Bool {
    switch self {
    case .quote, .openParenthesis, .closeParenthesis, .comma, .colon, .semicolon, .lessThan, .greaterThan, .at,
      .openBracket, .closeBracket, .backslash:
      true
    default: false
    }
  }

  /// What words of a structured field are made of, characters beyond ASCII included.
  var isWord: Bool { (isASCIIGraphic || self > 127) && !isSpecial }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8? {
    switch self {
    case 48...57: self - 48
    case 65...70: self - 55
    case 97...102: self - 87
    default: nil
    }
  }
}

extension Span<UInt8> {
  /// Whether these are the letters of the text, in whatever case.
  func isSame(as text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    let letters = unsafe text.utf8Start
    for index in indices where unsafe self[index].asciiLowercased != letters[index].asciiLowercased { return false }
    return true
  }
}
