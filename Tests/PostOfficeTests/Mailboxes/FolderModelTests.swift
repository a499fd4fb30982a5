import IMAPCodec
import MailWire
import Testing

@testable import PostOffice

/// Random operations on two mailboxes beside a model of what they should hold.
private struct FolderModel {
  struct Message: Equatable {
    var text: String
    var flags: Set<String>
  }

  let path: String
  let names = NameSource()
  var user: UserMailboxes
  var folders: [MailFolder] = []
  var mirrors: [FolderMirror] = []
  var messages: [[UInt32: Message]] = [[:], [:]]
  var uidNext: [UInt32] = [1, 1]
  var highest: [UInt64] = [1, 1]
  /// For each mailbox, the mod-sequence before a moment and what was expunged since.
  var gone: [[(modSequence: UInt64, uid: UInt32)]] = [[], []]
  var random: SeededGenerator
  var count = 0

  static let names = [FolderName.inbox, FolderName(text: "Work/2026") ?? .inbox]
  static let flags = ["\\Seen", "\\Flagged", "\\Deleted", "\\Draft", "\\Answered", "k1", "$Junk", "Key3"]

  init(path: String, seed: UInt64) throws {
    self.path = path
    random = SeededGenerator(seed: seed)
    user = try UserMailboxes.inTest(path, names: names)
    try user.create(Self.names[1])
    try open()
  }

  mutating func open() throws {
    mirrors = []
    folders = []
    user = try UserMailboxes.inTest(path, names: names)
    folders = try Self.names.map { try user.open($0) }
    mirrors = folders.map { FolderMirror($0) }
  }

  mutating func someFlags() -> [Flag] {
    Self.flags.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.compactMap { try? Flag($0) }
  }

  mutating func someUIDs(_ which: Int) -> [UInt32] {
    messages[which].keys.sorted().filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
  }

  mutating func nextText() -> String {
    count += 1
    return "Subject: \(count)\r\n\r\n" + String(repeating: "x", count: count % 50) + "\r\n"
  }

  mutating func arrived(_ uids: [UInt32], _ texts: [Message], in which: Int) {
    for (uid, message) in zip(uids, texts) {
      #expect(uid == uidNext[which])
      uidNext[which] += 1
      messages[which][uid] = message
    }
  }

  mutating func expunged(_ uids: [UInt32], in which: Int) {
    for uid in uids where messages[which].removeValue(forKey: uid) != nil {
      gone[which].append((folders[which].index.highestModSequence, uid))
    }
  }

  mutating func step() throws {
    let which = Int.random(in: 0...1, using: &random)
    let folder = folders[which]
    switch Int.random(in: 0..<12, using: &random) {
    case 0...2:
      let texts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let text = nextText()
        return Message(text: text, flags: Set(someFlags().map(\.description)))
      }
      let pending = try texts.map { try folder.pending($0.text, $0.flags.sorted().map { try Flag($0) }) }
      arrived(try folder.append(pending), texts, in: which)
    case 3...4:
      let (uids, flags) = (someUIDs(which), someFlags())
      let action = [FlagAction.add, .remove, .replace][Int.random(in: 0...2, using: &random)]
      _ = try folder.store(action, FlagSet(flags), of: NumberRanges(ascending: uids))
      let names = Set(flags.map(\.description))
      for uid in uids {
        switch action {
        case .add: messages[which][uid]?.flags.formUnion(names)
        case .remove: messages[which][uid]?.flags.subtract(names)
        case .replace: messages[which][uid]?.flags = names
        }
      }
    case 5:
      let uids = someUIDs(which)
      try folder.expunge(NumberRanges(ascending: uids))
      expunged(uids, in: which)
    case 6, 7:
      let uids = someUIDs(which)
      let target = Int.random(in: 0...1, using: &random)
      let isMove = Bool.random(using: &random)
      let set = NumberRanges(ascending: uids)
      let result = isMove ? try folder.move(set, to: folders[target]) : try folder.copy(set, to: folders[target])
      #expect(result.sources == uids)
      arrived(result.targets, uids.compactMap { messages[which][$0] }, in: target)
      if isMove { expunged(uids, in: which) }
    case 8:
      // Another program delivers, or this one by SMTP.
      let text = nextText()
      let file = "\(names.next()),S=\(text.utf8.count),W=\(text.utf8.count)"
      try Files.write(text, to: folder.path + "/new/" + file)
      if Bool.random(using: &random) { try folder.arrived(file) } else { try folder.refresh(isUrgent: true) }
      arrived([uidNext[which]], [Message(text: text, flags: [])], in: which)
    case 9:
      // Another program sets the flags of one message, and takes another away.
      for uid in someUIDs(which).prefix(2) {
        guard let message = folder.index[uid] else { continue }
        if Bool.random(using: &random) {
          try Files.remove(folder.path(of: message))
          try folder.refresh(isUrgent: true)
          expunged([uid], in: which)
        } else {
          let name = MaildirFlags.name(message.file, with: [.flagged], message.keywords)
          try Files.move(folder.path(of: message), to: folder.path + "/cur/" + name)
          let keywords = messages[which][uid]?.flags.filter { !$0.hasPrefix("\\") } ?? []
          messages[which][uid]?.flags = Set(keywords).union(["\\Flagged"])
          // Half of the time it is the next operation that finds out.
          if Bool.random(using: &random) { try folder.refresh(isUrgent: true) }
        }
      }
    case 10:
      _ = try folder.takeRecent()
      var newOnes = 0
      folder.index.forEach { if $0.isNew { newOnes += 1 } }
      #expect(newOnes == 0 && folder.recent.isEmpty)
    default:
      try open()
    }
  }

  mutating func check(_ context: String) throws {
    for which in 0...1 {
      let folder = folders[which]
      try folder.refresh(isUrgent: true)
      try folder.expectStored()
      var found: [UInt32: Message] = [:]
      var isRight = folder.index.uidNext == uidNext[which] && folder.index.highestModSequence >= highest[which]
      highest[which] = folder.index.highestModSequence
      folder.index.forEach { message in
        let flags = folder.flags(of: message)
        isRight = isRight && mirrors[which].flags[message.uid] == flags && message.modSequence <= highest[which]
        let names = FlagSet(flags.system).description.dropFirst().dropLast().split(separator: " ").map(String.init)
        let text = try? folder.text(of: message.uid)
        found[message.uid] = Message(text: text ?? "", flags: Set(names + flags.keywords.map(\.description)))
      }
      isRight = isRight && mirrors[which].flags.count == found.count && folder.index.count == found.count
      #expect(found == messages[which] && isRight, "\(context)")
      if let since = gone[which].randomElement(using: &random)?.modSequence {
        let expected = Set(gone[which].filter { $0.modSequence > since }.map(\.uid))
        #expect(Set(folder.index.expunged(since: since).numbers(limit: .max)) == expected, "\(context)")
      }
      let files = try Files.names(in: folder.path + "/cur").count + Files.names(in: folder.path + "/new").count
      #expect(try files == found.count && Files.names(in: folder.path + "/tmp") == [], "\(context)")
    }
  }
}

@Test func mailboxesDoWhatTheModelSays() throws {
  for seed in 1...6 as ClosedRange<UInt64> {
    let place = try TemporaryFolder()
    var model = try FolderModel(path: place.path, seed: seed)
    for number in 1...60 {
      try model.step()
      try model.check("seed \(seed), step \(number)")
      // Every state is one that the next process can begin with.
      if number % 3 == 0 {
        try model.open()
        try model.check("seed \(seed), step \(number), opened anew")
      }
    }
  }
}
