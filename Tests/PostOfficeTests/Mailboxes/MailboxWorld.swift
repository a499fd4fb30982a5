import IMAPCodec
import MailWire
import Testing

@testable import PostOffice

/// Random numbers that are the same each time.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// What a session would think that a mailbox holds, from the news alone.
final class FolderMirror {
  private(set) var flags: [UInt32: FlagSet] = [:]
  private(set) var highestModSequence: UInt64
  private(set) var events: [String] = []
  private var subscription: FolderSubscription?

  init(_ folder: MailFolder) {
    highestModSequence = folder.index.highestModSequence
    folder.index.forEach { flags[$0.uid] = folder.flags(of: $0) }
    subscription = folder.subscribe { [unowned self] in hear($0) }
  }

  private func hear(_ news: FolderNews) {
    switch news {
    case .appeared(let uids, let modSequence):
      events.append("appeared \(uids.text)")
      count(modSequence)
      for uid in uids.numbers(limit: .max) {
        #expect(flags[uid] == nil)
        flags[uid] = subscription?.folder.index[uid].flatMap { subscription?.folder.flags(of: $0) } ?? FlagSet()
      }
    case .expunged(let uids, let modSequence):
      events.append("expunged \(uids.text)")
      count(modSequence)
      for uid in uids.numbers(limit: .max) {
        let old = flags.removeValue(forKey: uid)
        #expect(old != nil)
      }
    case .flagsChanged(let news, let modSequence):
      events.append("flags \(news.map { "\($0.uid) \($0.flags)" })")
      count(modSequence)
      for news in news { flags[news.uid] = news.flags }
    case .keywordsAdded: events.append("keywords")
    case .renamed(let name): events.append("renamed \(name)")
    case .deleted: events.append("deleted")
    }
  }

  private func count(_ modSequence: UInt64) {
    #expect(modSequence >= highestModSequence)
    highestModSequence = modSequence
  }

  /// What was heard since this was asked last.
  func takeEvents() -> [String] {
    defer { events = [] }
    return events
  }
}

extension FolderIndex {
  /// All that it knows.
  var portions: [[IndexRecord]] {
    var portions: [[IndexRecord]] = []
    forEachPortion { portions.append($0) }
    return portions
  }
}

extension UserMailboxes {
  static func inTest(_ path: String, names: NameSource = NameSource()) throws -> UserMailboxes {
    try Maildir(path: path).create()
    return try UserMailboxes(path: path, environment: MailboxEnvironment(nextName: { names.next() }))
  }
}

extension MailFolder {
  func pending(_ text: String, _ flags: [Flag] = [], date: Int64? = nil) throws -> PendingMessage {
    let message = try PendingMessage(in: self)
    message.flags = FlagSet(flags)
    message.internalDate = date
    let bytes = [UInt8](text.utf8)
    // In two parts, as content comes.
    try message.append(bytes.span.extracting(first: bytes.count / 2))
    try message.append(bytes.span.extracting(droppingFirst: bytes.count / 2))
    return message
  }

  @discardableResult
  func add(_ text: String, _ flags: [Flag] = [], date: Int64? = nil) throws -> UInt32 {
    try #require(try append([pending(text, flags, date: date)]).first)
  }

  func text(of uid: UInt32) throws -> String {
    let content = try content(of: uid)
    return String(decoding: try content.read(Int(content.size), at: 0), as: UTF8.self)
  }

  /// All that is there: `1 \Seen, 2`.
  var summary: String {
    var parts: [String] = []
    index.forEach { parts.append("\($0.uid) \(flags(of: $0))") }
    return parts.joined(separator: ", ")
  }

  /// Whether the log says what is in memory.
  func expectStored(sourceLocation: SourceLocation = #_sourceLocation) throws {
    var file = IndexFile(path: path)
    let stored = try #require(try file.load(), sourceLocation: sourceLocation)
    #expect(stored.portions == index.portions, sourceLocation: sourceLocation)
  }
}

/// The numbers of a set of ranges.
func uids(_ numbers: UInt32...) -> NumberRanges { NumberRanges(ascending: numbers.sorted()) }

extension NumberRanges {
  var text: String { (try? UIDSet(self))?.description ?? "" }
}
