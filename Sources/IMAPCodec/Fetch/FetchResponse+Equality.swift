@_spi(MailCodec) import MailWire

extension FetchResponse: Hashable {
  /// Equal when all items are; no allocation for envelopes, structures and the contents of sections.
  public static func == (left: FetchResponse, right: FetchResponse) -> Bool {
    left.number == right.number && left.isUIDFetch == right.isUIDFetch && left.uid == right.uid
      && left.flags == right.flags && left.internalDate == right.internalDate && left.size == right.size
      && left.modSeq == right.modSeq && left.hasEqualItems(right)
  }

  /// Hashes the numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(uid)
    hasher.combine(modSeq)
    hasher.combine(size)
  }

  private func hasEqualItems(_ other: FetchResponse) -> Bool {
    var item = firstItem
    var otherItem = other.firstItem
    while item >= 0, otherItem >= 0 {
      guard hasEqualItem(item, other, otherItem) else { return false }
      item = next(item)
      otherItem = other.next(otherItem)
    }
    return item < 0 && otherItem < 0
  }

  private func hasEqualItem(_ item: Int, _ other: FetchResponse, _ otherItem: Int) -> Bool {
    guard layout.entries[item].offset == other.layout.entries[otherItem].offset else { return false }
    switch FetchItemKind(rawValue: layout.entries[item].offset) {
    case .envelope:
      return MessageEnvelope(layout, at: item &+ 1) == MessageEnvelope(other.layout, at: otherItem &+ 1)
    case .bodyStructure:
      return BodyStructure(layout, at: item &+ 1) == BodyStructure(other.layout, at: otherItem &+ 1)
    case .body:
      return BodyStructure(layout, at: item &+ 1).isEqualWithoutExtensions(
        to: BodyStructure(other.layout, at: otherItem &+ 1))
    case .bodySection, .binary, .rfc822, .rfc822Header, .rfc822Text:
      let (content, otherContent) = (layout.entries[item &+ 3], other.layout.entries[otherItem &+ 3])
      if content.isStreamed || otherContent.isStreamed { return self.item(at: item) == other.item(at: otherItem) }
      guard layout.view.string(item &+ 3).isEqual(to: other.layout.view.string(otherItem &+ 3)) else { return false }
      let origin = layout.entries[item &+ 2]
      let otherOrigin = other.layout.entries[otherItem &+ 2]
      guard origin.isNull == otherOrigin.isNull, origin.number == otherOrigin.number else { return false }
      let name = layout.view.octets(layout.entries[item &+ 1])
      if name.hasSameBytes(as: other.layout.view.octets(other.layout.entries[otherItem &+ 1])) { return true }
      return sectionName(at: item) == other.sectionName(at: otherItem)
    default:
      return self.item(at: item) == other.item(at: otherItem)
    }
  }
}
