@_spi(MailCodec) import MailWire

extension BodyStructure: Hashable {
  /// Equal when all fields of all parts are; no allocation in the first hundred levels.
  public static func == (left: BodyStructure, right: BodyStructure) -> Bool {
    BodyPartView.areEqual(left.view, right.view, level: 0)
  }

  /// Hashes the fields of the part itself, and how many parts there are below it; no allocation.
  public func hash(into hasher: inout Hasher) {
    let view = view
    hasher.combine(view.kind)
    hasher.combine(view.writtenSubtype)
    hasher.combine(view.partCount)
    if view.kind == .opaque { hasher.combine(view.rawText) }
    guard view.kind != .multipart, view.kind != .opaque else { return }
    hasher.combine(view.mediaType)
    hasher.combine(view.contentID)
    hasher.combine(view.octets ?? 0)
  }

  /// Whether both are the same as values of `BODY`, which is written without extension data.
  func isEqualWithoutExtensions(to other: BodyStructure) -> Bool {
    if self == other { return true }
    return IMAPWriter.bytes { write(to: &$0, isExtended: false) }
      == IMAPWriter.bytes { other.write(to: &$0, isExtended: false) }
  }

  fileprivate var canonicalText: [UInt8] { IMAPWriter.bytes { write(to: &$0, isExtended: true) } }
}

extension BodyPartView {
  /// The subtype as it is written: a multipart has one.
  fileprivate var writtenSubtype: Span<UInt8>? {
    @_lifetime(copy self)
    get {
      let subtype = subtype
      if subtype == nil, nodeKind == .multipart { return layout.bytes.extracting(0..<0) }
      return subtype
    }
  }

  /// Whether two parts are written the same, and all below them. The recursion ends at a hundred levels, beyond which the
  /// texts are compared.
  fileprivate static func areEqual(_ left: borrowing BodyPartView, _ right: borrowing BodyPartView, level: Int) -> Bool
  {
    guard left.hasEqualFields(right) else { return false }
    switch left.nodeKind {
    case .basic, .text, .opaque: return true
    case .multipart, .message: break
    }
    guard left.partCount == right.partCount else { return false }
    guard let child = left.firstChild, let otherChild = right.firstChild else {
      return left.firstChild == nil && right.firstChild == nil
    }
    guard level < 100 else {
      return BodyStructure(Layout(left.layout), at: left.node).canonicalText
        == BodyStructure(Layout(right.layout), at: right.node).canonicalText
    }
    guard areEqual(child, otherChild, level: level &+ 1) else { return false }
    var node = child.node
    var otherNode = otherChild.node
    for _ in 1..<Swift.max(left.partCount, 1) {
      node = left.layout.entries[node].count
      otherNode = right.layout.entries[otherNode].count
      let next = BodyPartView(left.layout, at: node)
      guard areEqual(next, BodyPartView(right.layout, at: otherNode), level: level &+ 1) else { return false }
    }
    return true
  }

  /// Whether the fields that a part of this kind is written with are equal.
  private func hasEqualFields(_ other: borrowing BodyPartView) -> Bool {
    guard nodeKind == other.nodeKind else { return false }
    guard nodeKind != .opaque else { return rawText.hasSameBytes(as: other.rawText) }
    guard writtenSubtype.isEqual(to: other.writtenSubtype), hasEqualStrings(BodyNode.parameters, other),
      hasEqualExtensions(other)
    else { return false }
    guard nodeKind != .multipart else { return true }
    guard mediaType.isEqual(to: other.mediaType), contentID.isEqual(to: other.contentID),
      contentDescription.isEqual(to: other.contentDescription), hasEqualEncoding(other), md5.isEqual(to: other.md5),
      (octets ?? 0) == (other.octets ?? 0)
    else { return false }
    if nodeKind == .basic { return true }
    guard (lines ?? 0) == (other.lines ?? 0) else { return false }
    guard let envelope, let otherEnvelope = other.envelope else { return nodeKind == .text }
    return envelope.isEqual(to: otherEnvelope)
  }

  private func hasEqualExtensions(_ other: borrowing BodyPartView) -> Bool {
    guard disposition.isEqual(to: other.disposition), location.isEqual(to: other.location),
      extensions.isEqual(to: other.extensions), hasEqualStrings(BodyNode.languages, other)
    else { return false }
    return disposition == nil || hasEqualStrings(BodyNode.dispositionParameters, other)
  }

  /// An absent encoding is written as `7BIT`.
  private func hasEqualEncoding(_ other: borrowing BodyPartView) -> Bool {
    if let encoding, let otherEncoding = other.encoding { return encoding.hasSameBytes(as: otherEncoding) }
    return isWrittenAsSevenBit && other.isWrittenAsSevenBit
  }

  private var isWrittenAsSevenBit: Bool {
    guard let encoding else { return true }
    return encoding.count == 4 && encoding[0] == 55 && encoding[1] == 66 && encoding[2] == 73 && encoding[3] == 84
  }

  /// Whether the runs of strings in a field are equal.
  private func hasEqualStrings(_ field: Int, _ other: borrowing BodyPartView) -> Bool {
    let run = layout.run(node &+ field)
    let otherRun = other.layout.run(other.node &+ field)
    guard run.count == otherRun.count else { return false }
    for index in 0..<run.count {
      let string = layout.octets(layout.entries[run.lowerBound &+ index])
      guard string.hasSameBytes(as: other.layout.octets(other.layout.entries[otherRun.lowerBound &+ index])) else {
        return false
      }
    }
    return true
  }
}
