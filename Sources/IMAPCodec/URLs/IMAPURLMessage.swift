@_spi(MailCodec) public import MailWire

/// The message of an ``IMAPURL``, or the part of one, and the authorisation to read it.
///
/// [RFC 5092 §6](https://www.rfc-editor.org/rfc/rfc5092#section-6): `iuid [isection] [ipartial] [iurlauth]`.
///
///     ;UID=20/;SECTION=1.2/;PARTIAL=0.1024
public struct IMAPURLMessage: Hashable, Sendable {
  /// Some octets of the message or part.
  public struct Partial: Hashable, Sendable {
    /// The first octet, 0 for the beginning; at most 2⁶³ − 1.
    public let offset: UInt64
    /// The most octets, at least 1; nil for all the others.
    public let count: UInt64?

    /// Octets.
    ///
    /// - Throws: ``SyntaxError`` with the code `badNumber` for no octets, or for numbers above 2⁶³ − 1.
    public init(offset: UInt64, count: UInt64? = nil) throws(SyntaxError) {
      guard count != 0, offset <= Number64.maximum, (count ?? 0) <= Number64.maximum else {
        throw SyntaxError(.badNumber, at: 0)
      }
      self.offset = offset
      self.count = count
    }
  }

  /// `;UID=`: the message, at least 1.
  public let uid: UInt32
  /// `;SECTION=`: the part, as ``SectionSpecifier`` has it without brackets; nil for the whole message.
  public let section: [UInt8]?
  /// `;PARTIAL=`: the octets; nil for all.
  public let partial: Partial?
  /// `;URLAUTH=`: who may read it.
  public let authorisation: URLAuthorisation?

  /// A message.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for the UID zero, `empty` for an empty section, `unexpectedByte` for
  ///   NUL in it.
  public init(
    uid: UInt32, section: [UInt8]? = nil, partial: Partial? = nil, authorisation: URLAuthorisation? = nil
  ) throws(SyntaxError) {
    guard uid > 0 else { throw SyntaxError(.badNumber, at: 0) }
    guard section?.isEmpty != true else { throw SyntaxError(.empty, at: 0) }
    if let index = section?.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    self.uid = uid
    self.section = section
    self.partial = partial
    self.authorisation = authorisation
  }

  /// Parses what stands behind `;UID=`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPURLMessage {
    guard let uid = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
    var section: [UInt8]?
    var partial: Partial?
    var hasSlash = cursor.skip(47)
    if hasSlash, cursor.skipURLParameter("section") {
      let start = cursor.offset
      var octets = try cursor.takeURLOctets(.path)
      hasSlash = cursor.next == 59 && cursor.bytes[cursor.offset &- 1] == 47
      if hasSlash { octets.removeLast() }
      guard !octets.isEmpty else { throw SyntaxError(.empty, at: start) }
      section = octets
    }
    if hasSlash {
      let start = cursor.offset
      guard cursor.skipURLParameter("partial") else { throw SyntaxError(.badToken, at: start) }
      let offset = try cursor.requireNumber()
      partial = try Partial(offset: offset, count: cursor.skip(.dot) ? try cursor.requireNumber(least: 1) : nil)
    }
    let authorisation = cursor.next == 59 ? try URLAuthorisation.parse(&cursor) : nil
    return try IMAPURLMessage(uid: uid, section: section, partial: partial, authorisation: authorisation)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(decimal: UInt64(uid))
    if let section {
      writer.append("/;SECTION=")
      // A slash at the end would belong to what follows.
      let hasSlash = section.last == 47
      writer.append(section.dropLast(hasSlash ? 1 : 0), percentEncodedFor: .path)
      if hasSlash { writer.append("%2F") }
    }
    if let partial {
      writer.append("/;PARTIAL=")
      writer.append(decimal: partial.offset)
      if let count = partial.count {
        writer.append(.dot)
        writer.append(decimal: count)
      }
    }
    authorisation?.write(to: &writer)
  }
}
