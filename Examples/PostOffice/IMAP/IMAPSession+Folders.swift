import IMAP
import IMAPCodec
import MailWire

/// The list of mailboxes.
extension IMAPSession {
  func namespace() throws(HostError) {
    var response = NamespaceResponse()
    if let prefix = try? IMAPString(""), let space = try? MailboxNamespace(prefix, delimiter: FolderName.delimiter) {
      response.personal = [space]
    }
    try send(.namespace(response))
    try complete()
  }

  /// `LIST` of RFC 3501, and the options of RFC 6154.
  func list(_ request: ListRequest) throws(HostError) {
    let options = (request.selection ?? []) + (request.returning ?? [])
    guard options.allSatisfy({ $0.isNamed("SPECIAL-USE") }) else { return try complete(.notImplemented) }
    let onlySpecial = request.selection?.isEmpty == false
    if let pattern = request.patterns.elements.first, request.patterns.count == 1, pattern.bytes.isEmpty {
      // Asks for the delimiter.
      return try finishList([Listing(name: .empty, attributes: [.noSelect])], .list)
    }
    let matchers = matchers(request.reference, request.patterns.elements)
    let user = try mailboxes()
    let entries = try onMailboxes { () throws(MailboxError) in try user.list() }
    let names = entries.map(\.name)
    var listings: [Listing] = []
    for entry in entries {
      let name = entry.name.mailboxName
      guard matchers.contains(where: { $0.matches(name) }), !onlySpecial || !entry.specialUse.isEmpty else { continue }
      let hasChildren = names.contains { $0.isBelow(entry.name) }
      listings.append(
        Listing(name: name, attributes: [hasChildren ? .hasChildren : .hasNoChildren] + entry.specialUse))
    }
    try finishList(listings, .list)
  }

  /// `LSUB`: with `%`, names above a subscription appear too, [RFC 3501 §6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9).
  func listSubscribed(_ reference: MailboxName, _ pattern: MailboxPattern) throws(HostError) {
    let matchers = matchers(reference, [pattern])
    let user = try mailboxes()
    let subscribed = user.subscriptions
    var names = Set(subscribed)
    if pattern.bytes.last == UInt8(ascii: "%") { for name in subscribed { names.formUnion(name.parents) } }
    var listings: [Listing] = []
    for name in names.sorted() where matchers.contains(where: { $0.matches(name.mailboxName) }) {
      let isReal = subscribed.contains(name)
      listings.append(Listing(name: name.mailboxName, attributes: isReal ? [] : [.noSelect]))
    }
    try finishList(listings, .subscribed)
  }

  private struct Listing {
    let name: MailboxName
    let attributes: [Flag]
  }

  private func finishList(_ listings: [Listing], _ kind: ListResponse.Kind) throws(HostError) {
    for listing in listings {
      guard
        let response = try? ListResponse(
          listing.name, kind: kind, attributes: listing.attributes, delimiter: FolderName.delimiter)
      else { continue }
      try send(.list(response))
    }
    try complete()
  }

  private func matchers(_ reference: MailboxName, _ patterns: [MailboxPattern]) -> [MailboxMatcher] {
    patterns.compactMap { try? MailboxPattern((reference.bytes + $0.bytes).span) }
      .map { MailboxMatcher($0, delimiter: FolderName.delimiter) }
  }

  func status(_ mailbox: MailboxName, _ items: StatusItems) throws(HostError) {
    let folder = try folder(mailbox)
    let known = items.known
    let counts = try onMailboxes { () throws(MailboxError) in
      try folder.refresh()
      return try folder.status(withSizes: known.contains(.size) || known.contains(.deletedStorage))
    }
    var status = MailboxStatus(mailbox)
    if known.contains(.messages) { status.messages = counts.messages }
    if known.contains(.recent) { status.recent = counts.recent }
    if known.contains(.uidNext) { status.uidNext = counts.uidNext }
    if known.contains(.uidValidity) { status.uidValidity = counts.uidValidity }
    if known.contains(.unseen) { status.unseen = counts.unseen }
    if known.contains(.deleted) { status.deleted = counts.deleted }
    if known.contains(.size) { status.size = counts.size }
    if known.contains(.highestModSeq) { status.highestModSeq = counts.highestModSequence }
    if known.contains(.appendLimit) { status.appendLimit = .octets(UInt32(clamping: maximumSize)) }
    if known.contains(.mailboxID) { status.mailboxID = try? ObjectID(counts.objectID) }
    if known.contains(.deletedStorage) { status.deletedStorage = counts.deletedSize }
    try send(.mailboxStatus(status))
    try complete()
  }

  func create(_ mailbox: MailboxName, _ parameters: [IMAPParameter]) throws(HostError) {
    var specialUse: [Flag] = []
    for parameter in parameters {
      guard parameter.isNamed("USE"), case .list(let uses, _)? = parameter.value else {
        return try complete(.notImplemented)
      }
      for use in uses {
        guard case .token(let token) = use, let flag = try? Flag(token.bytes.span), Self.specialUses.contains(flag)
        else {
          return try complete(StatusResponse(.no, .keyword(.useAttribute), "No such use"))
        }
        specialUse.append(flag)
      }
    }
    let (user, name) = (try mailboxes(), try name(mailbox))
    let folder = try onMailboxes { () throws(MailboxError) in
      try user.create(name, specialUse: specialUse)
      return try user.open(name)
    }
    let code = (try? ObjectID(folder.objectID)).map { ResponseCode.mailboxID($0) }
    try complete(StatusResponse(.ok, code, "Made"))
  }

  private static let specialUses = ["\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"]
    .compactMap { try? Flag($0) }
}

extension Flag {
  fileprivate static let noSelect = attribute("\\Noselect")
  fileprivate static let hasChildren = attribute("\\HasChildren")
  fileprivate static let hasNoChildren = attribute("\\HasNoChildren")

  private static func attribute(_ name: String) -> Flag { (try? Flag(name)) ?? .flagged }
}

extension IMAPParameter {
  /// Whether the parameter has this name, in any case.
  fileprivate func isNamed(_ name: String) -> Bool {
    String(decoding: self.name.bytes, as: UTF8.self).uppercased() == name
  }
}
