@_spi(MailCodec) public import MailWire
public import SMTPCodec

/// Reverse-paths that name the recipient, so that a bounce tells whom it is about even when it says nothing else.
///
/// `list@website.test` writes to `robert@domain.test` as `list+robert=domain.test@website.test`. Each recipient then needs a
/// transaction of its own. The path is the same at each attempt, because servers that greylist compare it.
///
///     C: MAIL FROM:<list+robert=domain.test@website.test>
///     C: RCPT TO:<robert@domain.test>
public struct VariableReversePath: Hashable, Sendable {
  /// What stands between the sender's local part and the recipient's: `+` by default.
  public let recipientDelimiter: UInt8
  /// What stands for the recipient's `@`: `=` by default.
  public let atDelimiter: UInt8

  /// Delimiters; nil unless they are two different ones of `+`, `=` and `-`.
  public init?(recipientDelimiter: UInt8 = 43, atDelimiter: UInt8 = 61) {
    let allowed: [UInt8] = [43, 61, 45]
    guard recipientDelimiter != atDelimiter, allowed.contains(recipientDelimiter), allowed.contains(atDelimiter) else {
      return nil
    }
    self.recipientDelimiter = recipientDelimiter
    self.atDelimiter = atDelimiter
  }

  private init() {
    recipientDelimiter = 43
    atDelimiter = 61
  }

  /// `+` and `=`.
  public static let standard = VariableReversePath()

  /// The reverse-path of `sender` for one recipient.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooLong` when the local part would exceed 64 octets; then send with the plain
  ///   reverse-path. With `allowsLongLocalPart` up to 256 octets of path are accepted, as many servers do.
  public func encode(
    _ sender: Mailbox, for recipient: Mailbox, allowsLongLocalPart: Bool = false
  ) throws(SyntaxError) -> Mailbox {
    let local =
      sender.localPart.unquoted + [recipientDelimiter] + recipient.localPart.unquoted + [atDelimiter]
      + recipient.host.bytes
    let written = Self.quoted(local)
    guard written.count <= 64 || allowsLongLocalPart else { throw SyntaxError(.tooLong, at: 64) }
    guard written.count + 1 + sender.host.bytes.count <= 254 else { throw SyntaxError(.tooLong, at: 254) }
    return Mailbox(try LocalPart(written.span, quirks: .longLocalPart), at: sender.host)
  }

  /// The recipient that a reverse-path of `sender` names; nil when it names none.
  ///
  /// The last delimiter for `@` counts, so that local parts with delimiters come back as they were.
  public func decode(_ path: Mailbox, sender: Mailbox) -> Mailbox? {
    guard path.host == sender.host else { return nil }
    let local = path.localPart.unquoted
    let prefix = sender.localPart.unquoted + [recipientDelimiter]
    let start = Array(local.prefix(prefix.count))
    guard local.count > prefix.count, start.span.hasSameLetters(as: prefix.span) else { return nil }
    let rest = Array(local[prefix.count...])
    guard let index = Self.split(rest, atDelimiter) else { return nil }
    let hostBytes = Array(rest[(index + 1)...])
    let localBytes = Array(rest[..<index])
    guard
      index > 0, let host = try? MailHost(hostBytes.span, quirks: .underscoreInDomain),
      let localPart = try? LocalPart(unquoted: localBytes.span)
    else { return nil }
    return Mailbox(localPart, at: host)
  }

  /// The delimiter in front of the host: the last one. A domain has no `+` and no `=`; with `-` for the `@`, domains with
  /// hyphens do not come back.
  private static func split(_ text: [UInt8], _ delimiter: UInt8) -> Int? {
    if text.last == 93, let bracket = text.lastIndex(of: 91) {
      return bracket > 0 && text[bracket - 1] == delimiter ? bracket - 1 : nil
    }
    return text.lastIndex(of: delimiter)
  }

  private static func quoted(_ local: [UInt8]) -> [UInt8] {
    if let plain = try? LocalPart(local.span, quirks: .longLocalPart), !plain.isQuoted { return local }
    var quoted: [UInt8] = [34]
    for byte in local {
      if byte == 34 || byte == 92 { quoted.append(92) }
      quoted.append(byte)
    }
    return quoted + [34]
  }
}
