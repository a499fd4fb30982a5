@_spi(MailCodec) public import MailWire

/// What a server says of one message: a `FETCH` response.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). Numbers and system flags are fields; all strings
/// together cost two allocations, and keywords one. A server may send one without being asked, and may send several for one
/// message. Equal when all items are.
///
///     S: * 23 FETCH (FLAGS (\Seen) UID 4827313)
public struct FetchResponse: Sendable {
  /// The message's sequence number, or its UID when ``isUIDFetch``.
  public let number: UInt32
  /// Whether it is a `UIDFETCH` response, [RFC 9586 §3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3).
  public let isUIDFetch: Bool
  /// `UID`; that of a `UIDFETCH` response is its ``number``.
  public let uid: UInt32?
  /// `FLAGS`
  public let flags: FlagSet?
  /// `INTERNALDATE`
  public let internalDate: IMAPDateTime?
  /// `RFC822.SIZE` in octets.
  public let size: UInt64?
  /// `MODSEQ`, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public let modSeq: UInt64?
  let layout: Layout
  let firstItem: Int

  /// The response of a view, copied.
  @inline(__always)
  public init(_ view: FetchResponseView) {
    number = view.head.number
    isUIDFetch = view.head.isUIDFetch
    uid = view.uid
    flags = view.flags
    internalDate = view.head.internalDate
    size = view.head.size
    modSeq = view.head.modSeq
    layout = Layout(view.layout)
    firstItem = view.head.firstItem
  }

  /// A response of these items.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for the number or UID zero.
  public init(
    _ number: UInt32, isUIDFetch: Bool = false, uid: UInt32? = nil, flags: FlagSet? = nil,
    internalDate: IMAPDateTime? = nil, size: UInt64? = nil, modSeq: UInt64? = nil, items: [FetchItem] = []
  ) throws(SyntaxError) {
    guard number > 0, uid != 0 else { throw SyntaxError(.badNumber, at: 0) }
    var writer = IMAPWriter()
    writer.append(.openParenthesis)
    for item in items {
      if writer.output.count > 1 { writer.append(.space) }
      item.write(to: &writer)
    }
    writer.append(.closeParenthesis)
    let bytes = writer.output.bytes
    var builder = LayoutBuilder(limits: .unlimited, quirks: Self.quirks(for: items))
    try builder.reset(IMAPUnitView(bytes, gaps: writer.gaps.span))
    var head = FetchHead()
    var cursor = ByteCursor(bytes)
    try builder.fetchItems(&cursor, &head)
    self.number = number
    self.isUIDFetch = isUIDFetch
    self.uid = isUIDFetch ? number : uid
    self.flags = flags
    self.internalDate = internalDate
    self.size = size.map { min($0, UInt64(Int64.max)) }
    self.modSeq = modSeq.map { min($0, UInt64(Int64.max)) }
    layout = Layout(builder.view(bytes))
    firstItem = head.firstItem
  }

  /// What was malformed may stay so; nothing else may become it.
  private static func quirks(for items: [FetchItem]) -> IMAPQuirks {
    for item in items {
      if case .malformed = item { return .lenient }
    }
    return .lenient.subtracting(.malformedItem)
  }

  // MARK: Items

  /// Whether there are items besides those that have properties of their own.
  package var hasItems: Bool { firstItem >= 0 }

  /// The items besides those that have properties of their own, in order, duplicates included.
  public var items: [FetchItem] {
    var items: [FetchItem] = []
    var item = firstItem
    while item >= 0 {
      if let value = self.item(at: item) { items.append(value) }
      item = next(item)
    }
    return items
  }

  /// `ENVELOPE`
  public var envelope: MessageEnvelope? {
    find(.envelope).map { MessageEnvelope(layout, at: $0 + 1) }
  }

  /// `BODYSTRUCTURE`, or `BODY` when the response has only that.
  public var bodyStructure: BodyStructure? {
    (find(.bodyStructure) ?? find(.body)).map { BodyStructure(layout, at: $0 + 1) }
  }

  /// The contents of sections, in order.
  public var sections: [FetchSection] {
    items.compactMap { item in
      guard case .section(let section) = item else { return nil }
      return section
    }
  }

  func next(_ item: Int) -> Int {
    layout.entries[item].length == 0 ? -1 : layout.entries[item].count
  }

  private func find(_ kind: FetchItemKind) -> Int? {
    var item = firstItem
    while item >= 0 {
      if layout.entries[item].offset == kind.rawValue { return item }
      item = next(item)
    }
    return nil
  }
}
