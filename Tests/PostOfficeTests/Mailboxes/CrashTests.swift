#if os(Linux)
  import Glibc
  import IMAPCodec
  import MailWire
  import Testing

  @testable import PostOffice

  /// A process that works on mailboxes until it is ended, and writes down what it began and what it would have told a client.
  private final class CrashingWorker {
    let path: String
    let notes: Descriptor
    var random: SeededGenerator
    var round: Int

    init(path: String, round: Int) throws {
      self.path = path
      self.round = round
      notes = try Files.openToAppend(path + ".notes")
      random = SeededGenerator(seed: UInt64(round))
    }

    func note(_ line: String) throws { try notes.sendAll([UInt8]((line + "\n").utf8).span) }

    /// Works until a signal ends the process, at a moment that is different each time.
    func run() throws {
      var timer = itimerval()
      timer.it_value.tv_usec = Int.random(in: 500...60_000, using: &random)
      guard unsafe setitimer(Int32(ITIMER_REAL.rawValue), &timer, nil) == 0 else { return }
      let user = try UserMailboxes.inTest(path)
      let known = [FolderName(text: "a"), FolderName(text: "b")].compactMap { $0 }
      for step in 0..<100_000 {
        let inbox = try user.open(.inbox)
        let work = known.first { user.exists($0) }
        let uid = inbox.index.uids.ranges.randomElement(using: &random)?.lowerBound ?? 0
        let name = "\(round).\(step)"
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
          try note("begin append")
          let messages = [try inbox.pending(name), try inbox.pending(name + "+")]
          let uids = try inbox.append(messages)
          try note("end append \(uids[0]) \(name) \(uids[1]) \(name)+")
        case 4, 5:
          let flags = FlagSet([.seen, try Flag("k\(step % 5)")])
          try note("begin store \(uid)")
          let outcome = try inbox.store(.replace, flags, of: uids(uid))
          try note(outcome.changed.isEmpty ? "end nothing" : "end store \(uid) \(flags)")
        case 6:
          try note("begin expunge \(uid)")
          try note(try inbox.expunge(uids(uid)) == nil ? "end nothing" : "end expunge \(uid)")
        case 7, 8:
          guard let work else { continue }
          try note("begin move \(uid)")
          let moved = try inbox.move(uids(uid), to: user.open(work))
          try note(moved.targets.first.map { "end move \(uid) \($0)" } ?? "end nothing")
        default:
          try note("begin rename")
          if let work {
            try user.rename(work, to: known[work == known[0] ? 1 : 0])
          } else {
            try user.create(known[0])
          }
          try note("end nothing")
        }
      }
    }
  }

  /// What clients were told, put together from the notes of all processes.
  private struct Told {
    struct Message: Equatable {
      var text: String
      var flags = ""
      var isGone = false
    }

    /// INBOX, and the one other mailbox whatever its name is.
    var messages: [[UInt32: Message]] = [[:], [:]]
    /// What was under way when the process ended.
    var doubtful: UInt32?

    init(_ path: String) throws {
      for line in String(decoding: try Files.content(of: path + ".notes"), as: UTF8.self).split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 1 else { continue }
        let uid = words.count > 2 ? UInt32(words[2]) ?? 0 : 0
        if words[0] == "begin" {
          // Two at a time are never under way: the one before may be half done when this one is of a new process.
          if let doubtful { messages[0][doubtful]?.text = "?" }
          doubtful = uid
          continue
        }
        doubtful = nil
        switch words[1] {
        case "append":
          messages[0][uid] = Message(text: words[3])
          messages[0][UInt32(words[4]) ?? 0] = Message(text: words[5])
        case "store": messages[0][uid]?.flags = words[3...].joined(separator: " ")
        case "expunge": messages[0][uid]?.isGone = true
        case "move":
          messages[1][UInt32(words[3]) ?? 0] = messages[0][uid]
          messages[0][uid]?.isGone = true
        default: break
        }
      }
      if let doubtful { messages[0][doubtful]?.text = "?" }
    }

    /// What is wrong with a mailbox.
    func faults(of folder: MailFolder, _ which: Int) throws -> [String] {
      var faults: [String] = []
      for (uid, message) in messages[which] where message.text != "?" {
        let found = folder.index[uid]
        if message.isGone != (found == nil) { faults.append("\(uid) is \(message.isGone ? "back" : "lost")") }
        guard let found else { continue }
        if try folder.text(of: uid) != message.text { faults.append("\(uid) is another message") }
        let flags = message.flags.isEmpty ? "()" : message.flags
        if folder.flags(of: found).description != flags { faults.append("\(uid) has other flags than \(flags)") }
      }
      if let last = messages[which].keys.max(), last >= folder.index.uidNext {
        faults.append("\(last) will come again")
      }
      return faults
    }
  }

  @Test func nothingAcknowledgedIsLostWhenTheProcessEnds() async throws {
    let place = try TemporaryFolder()
    let path = place.path + "/mail"
    for round in 1...25 {
      await #expect(processExitsWith: .signal(SIGALRM)) { [path = path as String, round = round as Int] in
        let worker = try CrashingWorker(path: path, round: round)
        try worker.run()
      }
      let told = try Told(path)
      let user = try UserMailboxes.inTest(path)
      let inbox = try user.open(.inbox)
      #expect(try told.faults(of: inbox, 0) == [], "round \(round)")
      for name in try user.names() where !name.isInbox {
        #expect(try told.faults(of: user.open(name), 1) == [], "round \(round)")
      }
      #expect(
        try user.names().count <= 2 && Files.names(in: path, includingHidden: true).allSatisfy { !$0.hasPrefix("..") })
    }
  }
#endif
