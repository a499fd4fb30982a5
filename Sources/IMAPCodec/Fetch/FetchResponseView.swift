@_spi(MailCodec) import MailWire

/// A `FETCH` response, borrowed: parsed, checked, and nothing copied. ``IMAPResponseParser`` makes it.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). ``FetchResponse`` is the same, owned.
public struct FetchResponseView: ~Escapable {
  let layout: LayoutView
  let head: FetchHead

  @_lifetime(copy layout)
  init(_ layout: LayoutView, _ head: FetchHead) {
    self.layout = layout
    self.head = head
  }

  /// The message's sequence number, or its UID when ``isUIDFetch``.
  public var number: UInt32 { head.number }

  /// Whether it is a `UIDFETCH` response, [RFC 9586 §3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3).
  public var isUIDFetch: Bool { head.isUIDFetch }

  /// `UID`
  public var uid: UInt32? { head.isUIDFetch ? head.number : head.uid }

  /// `RFC822.SIZE` in octets.
  public var size: UInt64? { head.size }

  /// `MODSEQ`, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public var modSeq: UInt64? { head.modSeq }

  /// `INTERNALDATE`
  public var internalDate: IMAPDateTime? { head.internalDate }

  /// The system's flags of `FLAGS`; nil without that item.
  public var systemFlags: SystemFlags? { head.flags.isNull ? nil : head.systemFlags }

  /// All of `FLAGS`, which costs an allocation when there are keywords; nil without that item.
  public var flags: FlagSet? {
    guard !head.flags.isNull else { return nil }
    return head.hasKeywords ? FlagSet(checked: layout.octets(head.flags)) : FlagSet(head.systemFlags)
  }

  /// `ENVELOPE`
  public var envelope: MessageEnvelopeView? {
    @_lifetime(copy self)
    get {
      guard let item = find(.envelope) else { return nil }
      return MessageEnvelopeView(layout, at: item &+ 1)
    }
  }

  /// `BODYSTRUCTURE`, or `BODY` when the response has only that.
  public var bodyStructure: BodyPartView? {
    @_lifetime(copy self)
    get {
      guard let item = find(.bodyStructure) ?? find(.body) else { return nil }
      return BodyPartView(layout, at: item &+ 1)
    }
  }

  /// The index of the first item of a kind.
  func find(_ kind: FetchItemKind) -> Int? {
    var item = head.firstItem
    while item >= 0 {
      if layout.entries[item].offset == kind.rawValue { return item }
      item = layout.entries[item].length == 0 ? -1 : layout.entries[item].count
    }
    return nil
  }
}
