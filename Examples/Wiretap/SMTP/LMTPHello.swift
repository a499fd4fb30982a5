import MailWire
import SMTPCodec

/// `LHLO name`: what LMTP says in the place of `EHLO`, [RFC 2033 §4.1](https://www.rfc-editor.org/rfc/rfc2033#section-4.1).
struct LMTPHello: TapValue {
  private let name: HelloName

  init(parsing argument: [UInt8], quirks: SMTPQuirks) throws(SyntaxError) {
    name = try HelloName(argument.span, quirks: quirks)
  }

  var details: [Detail] { [Detail("name", octets: name.bytes)] }

  var canonical: Canonical { .octets([UInt8]("LHLO ".utf8) + name.bytes + [13, 10]) }
}
