import IMAPCodec
import MailWire

/// Which untagged responses a command asks for.
struct ClientInterest: Sendable {
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt32

    static let capability = Self(rawValue: 1 << 0)
    static let enabled = Self(rawValue: 1 << 1)
    /// What `SELECT` is answered with.
    static let selection = Self(rawValue: 1 << 2)
    /// `EXPUNGE` and `VANISHED`.
    static let expunge = Self(rawValue: 1 << 3)
    static let vanishedEarlier = Self(rawValue: 1 << 4)
    static let fetch = Self(rawValue: 1 << 5)
    static let list = Self(rawValue: 1 << 6)
    static let listSubscribed = Self(rawValue: 1 << 7)
    static let listSpecial = Self(rawValue: 1 << 8)
    static let mailboxStatus = Self(rawValue: 1 << 9)
    static let search = Self(rawValue: 1 << 10)
    static let sort = Self(rawValue: 1 << 11)
    static let thread = Self(rawValue: 1 << 12)
    static let extendedSearch = Self(rawValue: 1 << 13)
    static let uidBatches = Self(rawValue: 1 << 14)
    static let id = Self(rawValue: 1 << 15)
    static let namespace = Self(rawValue: 1 << 16)
    static let quota = Self(rawValue: 1 << 17)
    static let accessControl = Self(rawValue: 1 << 18)
    static let metadata = Self(rawValue: 1 << 19)
    static let language = Self(rawValue: 1 << 20)
    static let comparator = Self(rawValue: 1 << 21)
    static let urls = Self(rawValue: 1 << 22)
    static let urlFetch = Self(rawValue: 1 << 23)
    static let jmapAccess = Self(rawValue: 1 << 24)
    /// `COPYUID` comes in an untagged `OK`, [RFC 6851 §4.3](https://www.rfc-editor.org/rfc/rfc6851#section-4.3).
    static let copyUID = Self(rawValue: 1 << 25)
    static let goodbye = Self(rawValue: 1 << 26)
    static let other = Self(rawValue: 1 << 27)
  }

  /// What a `FETCH` response may have.
  struct Items: OptionSet, Sendable {
    let rawValue: UInt8

    static let uid = Self(rawValue: 1)
    static let flags = Self(rawValue: 2)
    static let internalDate = Self(rawValue: 4)
    static let size = Self(rawValue: 8)
    static let modSeq = Self(rawValue: 16)
    static let others = Self(rawValue: 32)
  }

  var kinds: Kinds = []
  var messages: MessageSet?
  var items: Items = []
  var sections: [FetchSection.Name] = []
  var mailbox: MailboxName?

  init(_ kinds: Kinds) { self.kinds = kinds }

  /// Whether a `FETCH` response has something that was asked for, of a message that was.
  func wants(_ fetch: FetchResponse, _ mirror: MailboxMirror?) -> Bool {
    guard let messages, isAbout(fetch, messages, mirror) else { return false }
    let present = Items(fetch)
    let beyondUID = present.subtracting(.uid)
    return beyondUID.isEmpty ? items.contains(.uid) : !beyondUID.isDisjoint(with: items)
  }

  private func isAbout(_ fetch: FetchResponse, _ messages: MessageSet, _ mirror: MailboxMirror?) -> Bool {
    switch messages {
    case .sequence(let set):
      guard !fetch.isUIDFetch else { return false }
      return set.includesSavedResult || set.ranges.contains(fetch.number, last: max(fetch.number, mirror?.count ?? 0))
    case .uid(let set):
      guard let uid = fetch.uid ?? mirror?.messages.uid(at: fetch.number) else { return false }
      return set.includesSavedResult || set.ranges.contains(uid, last: max(uid, mirror?.messages.lastUID ?? 0))
    }
  }
}

extension ClientInterest.Items {
  /// What a response has.
  init(_ fetch: FetchResponse) {
    self = fetch.hasItems ? .others : []
    if fetch.uid != nil { insert(.uid) }
    if fetch.flags != nil { insert(.flags) }
    if fetch.internalDate != nil { insert(.internalDate) }
    if fetch.size != nil { insert(.size) }
    if fetch.modSeq != nil { insert(.modSeq) }
  }

  /// What a request asks for.
  init(_ request: FetchItems) {
    self = []
    let attributes = request.attributes
    if attributes.contains(.uid) { insert(.uid) }
    if attributes.contains(.flags) { insert(.flags) }
    if attributes.contains(.internalDate) { insert(.internalDate) }
    if attributes.contains(.size) { insert(.size) }
    if attributes.contains(.modSeq) { insert(.modSeq) }
    let own: FetchAttributes = [.uid, .flags, .internalDate, .size, .modSeq]
    if !attributes.subtracting(own).isEmpty || !request.others.isEmpty { insert(.others) }
    // Reading a message marks it.
    if !attributes.isDisjoint(with: [.message, .text]) { insert(.flags) }
    for case .body(_, isPeek: false, _) in request.others { insert(.flags) }
    for case .binary(_, isPeek: false, _) in request.others { insert(.flags) }
  }
}

extension ClientInterest {
  /// The sections of a request.
  static func sections(of request: FetchItems) -> [FetchSection.Name] {
    var names: [FetchSection.Name] = []
    if request.attributes.contains(.message) { names.append(.message) }
    if request.attributes.contains(.header) { names.append(.messageHeader) }
    if request.attributes.contains(.text) { names.append(.messageText) }
    for item in request.others {
      switch item {
      case .body(let section, _, _): names.append(.body(section))
      case .binary(let path, _, _): names.append(.binary(path))
      case .binarySize, .unknown: break
      }
    }
    return names
  }

  /// Whether a section is the one that was asked for; field names may come back in other letters, or in another order.
  private static func isSame(_ asked: FetchSection.Name, _ name: FetchSection.Name) -> Bool {
    guard case .body(let asked) = asked, case .body(let name) = name, asked.path == name.path else {
      return asked == name
    }
    switch (asked.content, name.content) {
    case (.headerFields, .headerFields), (.headerFieldsExcept, .headerFieldsExcept): return true
    default: return asked.content == name.content
    }
  }

  /// Whether the command asked for a content that is about to come.
  func wants(_ place: ContentPlace, _ mirror: MailboxMirror?) -> Bool {
    guard case .section(let section) = place else { return kinds.contains(.urlFetch) }
    guard kinds.contains(.fetch), let messages, sections.contains(where: { Self.isSame($0, section.name) }) else {
      return false
    }
    switch messages {
    case .sequence(let set):
      guard !section.isUIDFetch else { return false }
      return set.includesSavedResult
        || set.ranges.contains(section.number, last: max(section.number, mirror?.count ?? 0))
    case .uid(let set):
      // Many servers say the UID behind the content, when this is over.
      guard let uid = section.uid ?? mirror?.messages.uid(at: section.number) else { return true }
      return set.includesSavedResult || set.ranges.contains(uid, last: max(uid, mirror?.messages.lastUID ?? 0))
    }
  }
}
