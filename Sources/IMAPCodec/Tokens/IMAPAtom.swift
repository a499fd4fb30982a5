@_spi(MailCodec) public import MailWire

/// A name of the protocol: a capability, an algorithm, a resource, a command. Case does not count.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `atom`.
///
///     C: A1 ENABLE CONDSTORE
public struct IMAPAtom: ASCIIToken {
  /// The octets.
  public let bytes: [UInt8]

  /// The atom of these octets, which are known to be valid.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  init(keyword text: StaticString) { bytes = IMAPWriter.bytes { $0.append(text) } }

  /// The atom as a keyword.
  var word: IMAPWord { IMAPWord(bytes.span) }

  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPAtom {
    IMAPAtom(validated: ValidatedToken(try cursor.takeAtom().copied()))
  }

  /// Visible ASCII but `"%()*\]{`.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { ASCIIClass.atom.contains(byte) }

  /// 1,000 octets; a longer one that was read keeps its octets all the same.
  public static var maximumLength: Int { 1_000 }
}

extension IMAPAtom {
  /// `IMAP4rev2`, [RFC 9051](https://www.rfc-editor.org/rfc/rfc9051).
  public static let imap4rev2 = IMAPAtom(keyword: "IMAP4rev2")
  /// `CONDSTORE`, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public static let condStore = IMAPAtom(keyword: "CONDSTORE")
  /// `QRESYNC`, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public static let qResync = IMAPAtom(keyword: "QRESYNC")
  /// `UTF8=ACCEPT`, [RFC 6855](https://www.rfc-editor.org/rfc/rfc6855).
  public static let utf8Accept = IMAPAtom(keyword: "UTF8=ACCEPT")
  /// `DEFLATE`, [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978).
  public static let deflate = IMAPAtom(keyword: "DEFLATE")
  /// `INTERNAL`, the mechanism of [RFC 4467](https://www.rfc-editor.org/rfc/rfc4467).
  public static let `internal` = IMAPAtom(keyword: "INTERNAL")
  /// `REFERENCES`, the algorithm of [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3).
  public static let references = IMAPAtom(keyword: "REFERENCES")
  /// `ORDEREDSUBJECT`, the algorithm of [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3).
  public static let orderedSubject = IMAPAtom(keyword: "ORDEREDSUBJECT")
}
