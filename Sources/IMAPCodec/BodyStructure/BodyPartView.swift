@_spi(MailCodec) import MailWire

/// A part of a message, borrowed from the response that has it: nothing is copied.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). ``BodyStructure`` is the same, owned.
public struct BodyPartView: ~Escapable {
  let layout: LayoutView
  let node: Int

  @_lifetime(copy layout)
  init(_ layout: LayoutView, at node: Int) {
    self.layout = layout
    self.node = node
  }

  var nodeKind: BodyNode.Kind { BodyNode.Kind(rawValue: layout.entries[node].offset) ?? .opaque }

  /// What the part is, which says which of the properties it has.
  public var kind: BodyStructure.Kind {
    switch nodeKind {
    case .basic: .basic
    case .text: .text
    case .message: .message
    case .multipart: .multipart
    case .opaque: .opaque
    }
  }

  /// The top-level media type, as it was written; nil for a multipart, whose type is known.
  public var mediaType: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.mediaType) }
  }

  /// The media subtype.
  public var subtype: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.subtype) }
  }

  /// The parameters of the media type.
  public var parameters: BodyParametersView {
    @_lifetime(copy self)
    get { BodyParametersView(layout, at: node &+ BodyNode.parameters) }
  }

  /// The `Content-ID`.
  public var contentID: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.contentID) }
  }

  /// The `Content-Description`.
  public var contentDescription: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.description) }
  }

  /// The transfer encoding; nil for a multipart, and for `NIL` by a quirk, which means 7bit.
  public var encoding: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.encoding) }
  }

  /// The part's size in octets, as it is transferred; nil for a multipart.
  public var octets: UInt64? { number(BodyNode.octets) }

  /// The part's size in lines; text and enclosed messages only.
  public var lines: UInt64? { number(BodyNode.lines) }

  /// The `Content-MD5`.
  public var md5: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.md5) }
  }

  /// The type of the disposition: `inline`, `attachment` or another.
  public var disposition: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.disposition) }
  }

  /// The parameters of the disposition.
  public var dispositionParameters: BodyParametersView {
    @_lifetime(copy self)
    get { BodyParametersView(layout, at: node &+ BodyNode.dispositionParameters) }
  }

  /// How many languages the part is in.
  public var languageCount: Int { layout.run(node &+ BodyNode.languages).count }

  /// The language at an index, which must be below ``languageCount``.
  @_lifetime(copy self)
  public func language(_ index: Int) -> Span<UInt8> {
    let run = layout.run(node &+ BodyNode.languages)
    precondition(index >= 0 && index < run.count, "index beyond the languages")
    return layout.octets(layout.entries[run.lowerBound &+ index])
  }

  /// The `Content-Location`.
  public var location: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.location) }
  }

  /// The text of what follows the location, which no standard defines yet.
  public var extensions: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(node &+ BodyNode.extensions) }
  }

  /// The text of the whole part, as it was read.
  public var rawText: Span<UInt8> {
    @_lifetime(copy self)
    get { layout.octets(layout.entries[node &+ BodyNode.raw]) }
  }

  /// The envelope of an enclosed message.
  public var envelope: MessageEnvelopeView? {
    @_lifetime(copy self)
    get {
      guard nodeKind == .message else { return nil }
      return MessageEnvelopeView(layout, at: layout.entries[node &+ BodyNode.message].start)
    }
  }

  /// The first child: of a multipart its first part, of an enclosed message its body.
  public var firstChild: BodyPartView? {
    @_lifetime(copy self)
    get {
      switch nodeKind {
      case .multipart:
        // The first part follows its parent at once; behind a multipart without parts are parameters, or nothing.
        guard !layout.entries[node &+ BodyNode.message].isNull else { return nil }
        return BodyPartView(layout, at: node &+ BodyNode.count)
      case .message:
        let child = layout.entries[node &+ BodyNode.message].count
        if child == 0 { return nil }
        return BodyPartView(layout, at: child)
      case .basic, .text, .opaque:
        return nil
      }
    }
  }

  /// How many parts a multipart has; zero for anything else.
  public var partCount: Int {
    let entry = layout.entries[node &+ BodyNode.message]
    return nodeKind == .multipart && !entry.isNull ? entry.count : 0
  }

  /// The part behind this one, which has one: the caller counts with the parent's ``partCount``.
  var next: BodyPartView {
    @_lifetime(copy self)
    get { BodyPartView(layout, at: layout.entries[node].count) }
  }

  /// The part at an index of a multipart, which must be below ``partCount``; walks past those before it.
  @_lifetime(copy self)
  public func part(_ index: Int) -> BodyPartView {
    precondition(index >= 0 && index < partCount, "index beyond the parts")
    var child = node &+ BodyNode.count
    for _ in 0..<index { child = layout.entries[child].count }
    return BodyPartView(layout, at: child)
  }

  private func number(_ field: Int) -> UInt64? {
    let entry = layout.entries[node &+ field]
    return entry.isNull ? nil : entry.number
  }
}
