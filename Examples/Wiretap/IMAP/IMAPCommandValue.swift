import IMAPCodec
import MailWire

/// A command, with what can be said of it.
struct IMAPCommandValue: TapValue {
  private let command: TaggedCommand
  /// What is written for it, secrets replaced.
  private let octets: [UInt8]
  private let isRedacted: Bool

  init(_ command: TaggedCommand) {
    self.command = command
    let shown = Self.redacted(command)
    isRedacted = shown != nil
    octets = (shown ?? command).encoded(for: IMAPEncoding()).bytes
  }

  /// The command's name, as the kind of a unit.
  var kind: String { Self.kind(of: octets) }

  var tag: [UInt8] { command.tag.bytes }

  /// The second word of what was written, or two of them behind `UID`.
  static func kind(of octets: [UInt8]) -> String {
    let words = octets.prefix(100).split(maxSplits: 3, omittingEmptySubsequences: true) { $0 == 32 || $0 == 13 }
    let names = words.dropFirst().prefix(2).map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard let name = names.first, name.utf8.allSatisfy({ 33...126 ~= $0 }), name.utf8.count <= 40 else {
      return "command"
    }
    return name == "uid" && names.count > 1 && names[1].utf8.allSatisfy({ 97...122 ~= $0 }) ? "uid \(names[1])" : name
  }

  /// Whether the client now waits, and then goes on with lines that are no commands.
  enum Exchange {
    case authentication
    case idling
  }

  var exchange: Exchange? {
    switch command.command {
    case .authenticate: .authentication
    case .idle: .idling
    default: nil
    }
  }

  /// Whether it must not be shown because nobody knows what it is, and it may be a login.
  var isSuspect: Bool {
    guard case .unknown(let name, _, _) = command.command else { return false }
    // GENURLAUTH logs nobody in.
    return Redaction.speaksOfLogin(name.bytes) && !name.description.lowercased().hasSuffix("urlauth")
  }

  var details: [Detail] {
    let tag = Detail("tag", octets: command.tag.bytes)
    switch command.command {
    case .login(let user, _): return [tag, Detail("user", octets: user.bytes), .hidden("password")]
    case .authenticate(let mechanism, let response):
      return [tag, Detail("mechanism", octets: mechanism.bytes)]
        + (response == nil ? [] : [.hidden("initial response")])
    case .select(let name, _), .examine(let name, _), .create(let name, _), .delete(let name), .subscribe(let name),
      .unsubscribe(let name), .status(let name, _), .getQuotaRoot(let name), .getACL(let name), .myRights(let name):
      return [tag, Detail(mailbox: name)] + arguments(behind: 1)
    case .append(let name, let message), .replace(_, let name, let message):
      return [tag, Detail(mailbox: name)] + Self.details(message)
    case .rename(let old, let new): return [tag, Detail(mailbox: old), Detail("new name", escaped(new.text()))]
    case .fetch(let messages, _, _): return [tag, Detail("messages", "\(messages)")] + arguments(behind: 1)
    case .store(let messages, _): return [tag, Detail("messages", "\(messages)")] + arguments(behind: 1)
    case .copy(let messages, let name), .move(let messages, let name):
      return [tag, Detail("messages", "\(messages)"), Detail(mailbox: name)]
    default: return [tag] + arguments(behind: 0)
    }
  }

  var canonical: Canonical { isRedacted ? .redacted(octets) : .octets(octets) }

  private func arguments(behind count: Int) -> [Detail] {
    let words = kind.hasPrefix("uid ") ? 3 : 2
    let arguments = IMAPOutline.details(of: octets, droppingWords: words).dropFirst(count)
    return arguments.isEmpty ? [] : [Detail("arguments", "", Array(arguments))]
  }

  private static func details(_ message: AppendMessage) -> [Detail] {
    var details: [Detail] = []
    if let flags = message.flags { details.append(Detail("flags", escaped("\(flags)"))) }
    if let date = message.date { details.append(Detail("internal date", "\(date)")) }
    switch message.source {
    case .literal(let content): details.append(Detail("octets", content.size))
    case .utf8(let content): details.append(Detail("octets of UTF-8", content.size))
    case .catenate(let urls, let content):
      details += urls.map { Detail("url", octets: $0.bytes) }
      details.append(Detail("octets", content.size))
    case .catenateURLs(let urls): details += urls.elements.map { Detail("url", octets: $0.bytes) }
    }
    return details
  }

  /// The command with a mark in the place of its secret; nil when it has none.
  private static func redacted(_ command: TaggedCommand) -> TaggedCommand? {
    switch command.command {
    case .login(let user, _):
      guard let password = try? IMAPPassword(Redaction.secret) else { return nil }
      return TaggedCommand(command.tag, .login(user, password))
    case .authenticate(let mechanism, .some):
      return TaggedCommand(command.tag, .authenticate(mechanism, initialResponse: Redaction.secret))
    default: return nil
    }
  }
}

extension Detail {
  /// A mailbox's name, decoded.
  init(mailbox name: MailboxName) { self.init("mailbox", escaped(name.text())) }
}

/// Text that came from a peer, escaped.
func escaped(_ text: String) -> String { escaped([UInt8](text.utf8).span) }
