@_spi(MailCodec) public import MailWire

/// The tree of a message's parts: the `BODYSTRUCTURE` or `BODY` item of `FETCH`, or a part of it.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). It shares the storage of the response it came
/// with; each property copies what it returns, and ``view`` lends it instead. Equal when all fields of all parts are.
///
///     S: * 1 FETCH (BODYSTRUCTURE ("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 1152 23 NIL NIL NIL NIL))
public struct BodyStructure: Sendable {
  /// What a part is.
  @frozen
  public enum Kind: Sendable, Hashable {
    /// A part of any type that the other cases are not for.
    case basic
    /// `text/…`: it has a number of lines.
    case text
    /// `message/rfc822` or `message/global`: it has an envelope, a body and a number of lines.
    case message
    /// `multipart/…`: it has parts, and neither size nor encoding.
    case multipart
    /// A part below the limit of levels, ``IMAPLimits/nesting``: it has nothing but its text.
    case opaque
  }

  let layout: Layout
  let node: Int

  init(_ layout: Layout, at node: Int) {
    self.layout = layout
    self.node = node
  }

  /// Parses a body structure by itself: the text from its opening parenthesis to its closing one, literals included.
  ///
  /// - Throws: ``SyntaxError`` where the text leaves the grammar.
  public init(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) {
    var builder = LayoutBuilder(limits: limits, quirks: quirks)
    try builder.reset(bytes.count)
    var cursor = ByteCursor(bytes)
    node = try builder.bodyStructure(&cursor)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    layout = Layout(builder.view(bytes))
  }

  /// The same, borrowed: nothing is copied.
  public var view: BodyPartView {
    @_lifetime(borrow self)
    get { BodyPartView(layout.view, at: node) }
  }

  // MARK: Fields

  /// What the part is, which says which of the properties it has.
  public var kind: Kind { view.kind }

  /// The top-level media type in lower case: `text`; empty when the server did not say.
  public var mediaType: [UInt8] {
    if view.kind == .multipart { return [UInt8]("multipart".utf8) }
    return layout.view.copy(node &+ BodyNode.mediaType)?.map { $0.asciiLowercased } ?? []
  }

  /// The media subtype in lower case: `plain`; empty when the server did not say.
  public var subtype: [UInt8] { layout.view.copy(node &+ BodyNode.subtype)?.map { $0.asciiLowercased } ?? [] }

  /// The parameters of the media type, in order.
  public var parameters: [BodyParameter] { view.parameters.copies }

  /// The `Content-ID`.
  public var contentID: [UInt8]? { layout.view.copy(node &+ BodyNode.contentID) }

  /// The `Content-Description`.
  public var contentDescription: [UInt8]? { layout.view.copy(node &+ BodyNode.description) }

  /// The transfer encoding, as it was written; nil for a multipart, and for `NIL` by a quirk, which means 7bit.
  public var encoding: [UInt8]? { layout.view.copy(node &+ BodyNode.encoding) }

  /// The part's size in octets, as it is transferred; nil for a multipart.
  public var octets: UInt64? { view.octets }

  /// The part's size in lines; text and enclosed messages only.
  public var lines: UInt64? { view.lines }

  /// The `Content-MD5`.
  public var md5: [UInt8]? { layout.view.copy(node &+ BodyNode.md5) }

  /// The disposition; nil without one, and in the answer to `BODY`, which has no extension data.
  public var disposition: BodyDisposition? {
    guard let type = layout.view.copy(node &+ BodyNode.disposition) else { return nil }
    return BodyDisposition(type, parameters: view.dispositionParameters.copies)
  }

  /// The languages.
  public var languages: [[UInt8]] {
    let view = view
    return (0..<view.languageCount).map { layout.view.octets(layout.entries[languageStart + $0]).copied() }
  }

  private var languageStart: Int { layout.entries[node &+ BodyNode.languages].start }

  /// The `Content-Location`.
  public var location: [UInt8]? { layout.view.copy(node &+ BodyNode.location) }

  /// The text of what follows the location, which no standard defines yet; nil for nothing.
  public var extensions: [UInt8]? { layout.view.copy(node &+ BodyNode.extensions) }

  /// The text of an ``Kind/opaque`` part, or of any other as it was read.
  public var rawText: [UInt8] { view.rawText.copied() }

  /// The envelope of an enclosed message.
  public var envelope: MessageEnvelope? {
    guard kind == .message else { return nil }
    return MessageEnvelope(layout, at: layout.entries[node &+ BodyNode.message].start)
  }

  // MARK: Tree

  /// The body of an enclosed message.
  public var body: BodyStructure? {
    let child = layout.entries[node &+ BodyNode.message].count
    return kind == .message && child > 0 ? BodyStructure(layout, at: child) : nil
  }

  /// The parts of a multipart, in order; none for anything else.
  public var parts: [BodyStructure] {
    var parts: [BodyStructure] = []
    let count = view.partCount
    parts.reserveCapacity(count)
    var child = node &+ BodyNode.count
    for _ in 0..<count {
      parts.append(BodyStructure(layout, at: child))
      child = layout.entries[child].count
    }
    return parts
  }

  /// The part of this section number, counted from this part as from a whole message; nil when there is none.
  ///
  /// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5). Part 1 of a message that is no multipart is the
  /// message's body itself; the numbers behind an enclosed message's own number count its body's parts.
  ///
  ///     structure.part([4, 2, 2])   // BODY[4.2.2]
  public func part(_ number: [UInt32]) -> BodyStructure? {
    guard let first = number.first else { return self }
    var part = Self.step(first, into: self)
    for step in number.dropFirst() {
      switch part?.kind {
      case .multipart: part = part?.child(step)
      case .message: part = part?.body.flatMap { Self.step(step, into: $0) }
      case .basic, .text, .opaque, nil: return nil
      }
    }
    return part
  }

  /// Part `number` of the message whose body this is.
  private static func step(_ number: UInt32, into body: BodyStructure) -> BodyStructure? {
    if body.kind == .multipart { return body.child(number) }
    return number == 1 ? body : nil
  }

  private func child(_ number: UInt32) -> BodyStructure? {
    guard number > 0, number <= view.partCount else { return nil }
    var child = node &+ BodyNode.count
    for _ in 1..<number { child = layout.entries[child].count }
    return BodyStructure(layout, at: child)
  }
}
