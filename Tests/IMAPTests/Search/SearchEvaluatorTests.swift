import IMAP
import IMAPCodec
import MailWire
import Testing

/// What searches find, key by key, in one message; and what they read for that.
@Suite struct SearchEvaluatorTests {
  private static let text = """
    From: =?utf-8?q?J=C3=96RG?= <joerg@example.org>\r
    To: robert@example.net\r
    Subject: A Long\r
     Report\r
    Date: Mon, 2 Nov 2026 23:30:00 -0500\r
    MIME-Version: 1.0\r
    Content-Type: multipart/mixed; boundary=b\r
    \r
    --b\r
    Content-Type: text/plain; charset=iso-8859-1\r
    Content-Transfer-Encoding: quoted-printable\r
    \r
    Gr=FC=DFe aus K=\r
    =F6ln\r
    --b\r
    Content-Type: application/octet-stream; name=secret.bin\r
    \r
    octets\r
    --b--\r

    """

  private struct Sample: SearchableMessage {
    var uid: UInt32 = 7
    var flags = FlagSet([.seen, .flagged] as SystemFlags)
    var internalDate: IMAPDateTime
    var saveDate: IMAPDateTime? { internalDate }
    var modSequence: UInt64 = 20
    var emailID: ObjectID? { try? ObjectID("M1") }
    var threadID: ObjectID? { nil }
    var isGone = false
    var read = ""

    mutating func size() -> UInt64? { UInt64(SearchEvaluatorTests.text.utf8.count) }

    mutating func header() -> [UInt8]? {
      read += "h"
      let text = SearchEvaluatorTests.text
      return isGone ? nil : [UInt8](text[..<text.range(of: "\r\n\r\n")].utf8)
    }

    mutating func text() -> [UInt8]? {
      read += "t"
      return isGone ? nil : [UInt8](SearchEvaluatorTests.text.utf8)
    }
  }

  private static let now: Int64 = 1_793_750_400

  private static func sample() throws -> Sample {
    var flags = FlagSet([.seen, .flagged] as SystemFlags)
    flags.insert(try Flag("work"))
    return Sample(flags: flags, internalDate: try IMAPDateTime(secondsSince1970: now - 3_600))
  }

  private static func evaluator(_ keys: String) throws -> SearchEvaluator {
    let command = try TaggedCommand([UInt8]("A1 SEARCH \(keys)".utf8).span, quirks: [.eightBitInQuoted])
    guard case .search(let program, _) = command.command else { throw SyntaxError(.badToken, at: 0) }
    let view = MailboxView(uids: try NumberRanges([3, 7, 9]), uidNext: 10, highestModSequence: 30)
    return try SearchEvaluator(program, in: view, now: now)
  }

  @Test func keysHoldOrNot() throws {
    let day = try Self.sample().internalDate.date.description
    let table: [(keys: String, holds: Bool, read: String)] = [
      ("ALL", true, ""), ("SEEN FLAGGED", true, ""), ("UNSEEN", false, ""), ("KEYWORD work", true, ""),
      ("UNKEYWORD WORK", false, ""), ("NEW", false, ""), ("OLD", true, ""), ("ON \(day)", true, ""),
      ("BEFORE \(day)", false, ""), ("SINCE \(day)", true, ""), ("SAVEDON \(day)", true, ""),
      ("SENTON 2-Nov-2026", true, "h"), ("SENTON 3-Nov-2026", false, "h"), ("SENTBEFORE 3-Nov-2026", true, "h"),
      ("SENTSINCE 3-Nov-2026", false, "h"), ("LARGER 100", true, ""), ("SMALLER 100", false, ""),
      ("OLDER 3600", true, ""), ("OLDER 3601", false, ""), ("YOUNGER 3600", true, ""), ("YOUNGER 3599", false, ""),
      ("MODSEQ 20", true, ""), ("MODSEQ 21", false, ""), ("EMAILID M1", true, ""), ("THREADID T1", false, ""),
      ("2", true, ""), ("1,3", false, ""), ("3:*", false, ""), ("UID 7", true, ""), ("UID 8:*", false, ""),
      ("UIDAFTER 6", true, ""), ("UIDBEFORE 7", false, ""), ("FROM \"jörg\"", true, "h"),
      ("FROM EXAMPLE.ORG", true, "h"),
      ("TO susan", false, "h"), ("SUBJECT \"long report\"", true, "h"), ("CC x", false, "h"),
      ("HEADER mime-version \"\"", true, "h"), ("HEADER X-None \"\"", false, "h"), ("BODY \"GRÜSSE\"", false, "t"),
      ("BODY \"grüße aus köln\"", true, "t"), ("BODY octets", false, "t"), ("BODY secret.bin", true, "t"),
      ("BODY robert", false, "t"), ("TEXT robert", true, "h"), ("TEXT \"köln\"", true, "ht"), ("NOT SEEN", false, ""),
      ("OR BODY x SEEN", true, ""), ("BODY x UNSEEN", false, ""),
      ("OR (SEEN UNFLAGGED) (FLAGGED FROM joerg)", true, "h"),
      ("FUZZY SUBJECT report", true, "h"), ("CHARSET US-ASCII SUBJECT report", true, "h")
    ]
    for (keys, holds, read) in table {
      var message = try Self.sample()
      #expect(try Self.evaluator(keys).matches(&message) == holds, "\(keys)")
      #expect(message.read == read, "\(keys)")
    }
  }

  @Test func aMessageThatIsGoneNeverFits() throws {
    for keys in ["NOT SUBJECT report", "NOT BODY x", "OR SENTON 1-Jan-2000 ALL"] {
      var message = try Self.sample()
      message.isGone = true
      // What needs no look at it cannot tell.
      #expect(try Self.evaluator(keys).matches(&message) == keys.hasSuffix("ALL"), "\(keys)")
    }
  }

  @Test func whatNobodyHereKnowsIsRefused() throws {
    for keys in ["X-GM-RAW in:sent", "FILTER f", "XYZZY 1"] {
      #expect(throws: SearchError.unknownKey, "\(keys)") { try Self.evaluator(keys) }
    }
    #expect(throws: SearchError.badCharset) { try Self.evaluator("CHARSET x-none ALL") }
  }
}

extension String {
  /// Where the text stands first; the end when it does not.
  fileprivate func range(of text: String) -> Index {
    let (all, part) = ([UInt8](utf8), [UInt8](text.utf8))
    for start in 0...max(0, all.count - part.count) where all[start..<(start + part.count)].elementsEqual(part) {
      return utf8.index(startIndex, offsetBy: start + part.count)
    }
    return endIndex
  }
}
