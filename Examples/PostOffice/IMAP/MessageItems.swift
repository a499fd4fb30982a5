import IMAP
import IMAPCodec
import MailMessage
@_spi(MailCodec) import MailWire

/// What a `FETCH` asks of a message, taken from its file; of the file no more is read than that needs.
struct MessageItems {
  private(set) var items: [FetchItem] = []
  /// The sections that are to be streamed, in the order of ``items``.
  private(set) var parts: ArraySlice<StreamedPart> = []
  /// About how many octets the items have.
  private(set) var octets = 100
  private let content: MessageContent?
  private let bytes: [UInt8]
  private let message: Message?

  /// The largest section that is not streamed, in octets.
  private static let inlineSize: UInt64 = 1 << 16

  init(_ request: FetchItems, of stored: StoredMessage, in folder: MailFolder) throws(MailboxError) {
    let need = request.need
    let content = need == .nothing ? nil : try folder.content(of: stored.uid)
    var bytes: [UInt8] = []
    if let content, need == .header { bytes = try onDisk { () throws(SystemError) in try content.header() } }
    if let content, need == .everything {
      bytes = try onDisk { () throws(SystemError) in try content.read(Int(content.size), at: 0) }
    }
    self.content = content
    self.bytes = bytes
    message = need < .header ? nil : Message(bytes.span)
    add(request.attributes, stored)
    for item in request.others { try add(item) }
    let attributes = request.attributes
    if attributes.contains(.message) { try addWhole(.message, nil) }
    if attributes.contains(.header) { add(.messageHeader, SectionSpecifier.header, nil) }
    if attributes.contains(.text) { add(.messageText, SectionSpecifier.text, nil) }
  }

  private mutating func add(_ attributes: FetchAttributes, _ stored: StoredMessage) {
    if let message {
      let bytes = bytes
      let span = bytes.span
      let envelope = attributes.contains(.envelope) ? try? message.envelope(in: span) : nil
      let isStructured = !attributes.isDisjoint(with: [.bodyStructure, .body])
      let structure = isStructured ? try? message.bodyStructure(in: span) : nil
      let preview = attributes.isDisjoint(with: [.preview, .lazyPreview]) ? nil : message.preview(in: span)
      if let envelope { items.append(.envelope(envelope)) }
      if let structure, attributes.contains(.bodyStructure) { items.append(.bodyStructure(structure)) }
      if let structure, attributes.contains(.body) { items.append(.body(structure)) }
      if let preview { items.append(.preview(preview)) }
    }
    if attributes.contains(.saveDate) {
      items.append(.saveDate(try? IMAPDateTime(secondsSince1970: stored.saveDate)))
    }
    if attributes.contains(.emailID), let id = try? ObjectID(stored.objectID) { items.append(.emailID(id)) }
    if attributes.contains(.threadID) { items.append(.threadID(nil)) }
  }

  private mutating func add(_ item: FetchRequestItem) throws(MailboxError) {
    switch item {
    case .body(let section, _, let partial):
      if section == .message { try addWhole(.body(section), partial) } else { add(.body(section), section, partial) }
    case .binary(let path, _, let partial):
      let content = message?.binarySection(path)?.content(partial, in: bytes.span)
      octets += content?.count ?? 0
      append(try? FetchSection(.binary(path), origin: partial?.offset, content: content))
    case .binarySize(let path):
      if let size = message?.binarySection(path)?.size(in: bytes.span) {
        items.append(.binarySize(path, UInt64(size)))
      }
    case .unknown: break
    @unknown default: break
    }
  }

  /// The whole message, which need not be parsed.
  private mutating func addWhole(_ name: FetchSection.Name, _ partial: PartialRange?) throws(MailboxError) {
    guard let content else { return }
    let start = min(partial?.offset ?? 0, content.size)
    let count = min(partial?.count ?? .max, content.size - start)
    try add(name, partial, .file(content), start..<(start + count))
  }

  private mutating func add(_ name: FetchSection.Name, _ specifier: SectionSpecifier?, _ partial: PartialRange?) {
    guard let message, let specifier else { return }
    guard let whole = message.section(specifier, in: bytes.span) else {
      return append(try? FetchSection(name, content: nil))
    }
    let section = partial.map { whole.part($0) } ?? whole
    if section.octets > Self.inlineSize, section.suffix.isEmpty, section.ranges.count == 1 {
      let range = section.ranges[0]
      try? add(name, partial, .bytes(bytes), UInt64(range.lowerBound)..<UInt64(range.upperBound))
      return
    }
    var content = section.content(in: bytes.span)
    content.replaceNulls()
    octets += content.count
    append(try? FetchSection(name, origin: partial?.offset, content: content))
  }

  private mutating func add(
    _ name: FetchSection.Name, _ partial: PartialRange?, _ text: MessageText, _ range: Range<UInt64>
  ) throws(MailboxError) {
    if range.count <= Self.inlineSize {
      octets += range.count
      return append(try? FetchSection(name, origin: partial?.offset, content: try text.read(range)))
    }
    guard let section = try? FetchSection(name, origin: partial?.offset, streamed: UInt64(range.count)) else { return }
    append(section)
    parts.append(StreamedPart(text: text, range: range))
  }

  private mutating func append(_ section: FetchSection?) {
    if let section { items.append(.section(section)) }
  }
}

extension SectionSpecifier {
  fileprivate static let header = try? SectionSpecifier(SectionPath(), .header)
  fileprivate static let text = try? SectionSpecifier(SectionPath(), .text)
}

extension FetchItems {
  /// How much of a message must be read.
  enum Need: Comparable {
    case nothing
    case octets
    case header
    case everything
  }

  /// How much of a message these items need.
  var need: Need {
    var need = Need.nothing
    if attributes.contains(.message) { need = .octets }
    if !attributes.isDisjoint(with: [.envelope, .header]) { need = .header }
    if !attributes.isDisjoint(with: [.bodyStructure, .body, .text, .preview, .lazyPreview]) { return .everything }
    for item in others {
      switch item {
      case .body(let section, _, _):
        if section == .message {
          need = max(need, .octets)
        } else if section.path.isEmpty, section.content != .text {
          need = max(need, .header)
        } else {
          return .everything
        }
      case .binary, .binarySize: return .everything
      case .unknown: break
      @unknown default: break
      }
    }
    return need
  }

  /// Whether fetching them makes a message `\Seen`, [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5).
  var marksSeen: Bool {
    !attributes.isDisjoint(with: [.message, .text])
      || others.contains {
        switch $0 {
        case .body(_, let isPeek, _), .binary(_, let isPeek, _): !isPeek
        case .binarySize, .unknown: false
        @unknown default: false
        }
      }
  }
}
