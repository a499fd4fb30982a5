import MailTestKit
import Testing

@testable import Wiretap

/// Sessions of real programs, both sides, with and without the other one.
@Suite struct RecordingTests {
  /// Leniently, everything is accepted but commands that the recorded server refused as well.
  @Test func everythingRealIsAccepted() throws {
    var units = 0
    for (folder, name) in [("SMTP", "smtp"), ("POP3", "pop3"), ("IMAP", "imap")] {
      for recording in try Recording.all(in: folder) {
        let client = recording.bytes(of: .client)
        let server = recording.bytes(of: .server)
        for unit in try Tapped("\(name) --from client", client, with: server).units {
          units += 1
          // Some servers hang up after many errors and answer no more.
          let isRefused = unit.answered.allSatisfy { reply in
            ["4", "5", "-ERR", "BAD", "NO"].contains { reply.summary.hasPrefix($0) }
          }
          if !unit.isAccepted, !isRefused, !Self.tolerated.contains("\(recording.name) \(unit.offset)") {
            Issue.record("\(recording.name).client: \(TextReport.lines(unit))")
          }
        }
        for other in [client, nil] {
          let tapped = try Tapped("\(name) --from server", server, with: other)
          units += tapped.units.count
          for unit in tapped.units where !unit.isAccepted {
            Issue.record("\(recording.name).server: \(TextReport.lines(unit))")
          }
        }
      }
    }
    #expect(units > 5000)
  }

  /// What scripts said to see how servers take it, and one took: `EHLO x y`, `MAIL FROM:<a@@b>`, addresses of RFC 6531,
  /// which the library does not know, `USER` without a name, `NOOP x`.
  private static let tolerated: Set<String> = [
    "SMTP/dovecot-submission-raw-nohelo 107", "SMTP/postfix-raw-errors 86", "SMTP/postfix-raw-smtputf8-1 26",
    "SMTP/postfix-raw-smtputf8-1 121", "POP3/raw-errors 21", "POP3/raw-errors 151"
  ]

  /// No octet is left out or counted twice.
  @Test func unitsFollowEachOther() throws {
    for (folder, name) in [("SMTP", "smtp"), ("POP3", "pop3"), ("IMAP", "imap")] {
      for recording in try Recording.all(in: folder) {
        for side in [Transcript.Side.client, .server] {
          let octets = recording.bytes(of: side)
          let other = recording.bytes(of: side == .client ? .server : .client)
          let units = try Tapped("\(name) --from \(side == .client ? "client" : "server")", octets, with: other).units
          var offset: UInt64 = 0
          for unit in units {
            if unit.offset != offset { Issue.record("\(recording.name) \(side): \(TextReport.lines(unit))") }
            offset = unit.offset + unit.length
          }
          #expect(offset == UInt64(octets.count), "\(recording.name) \(side)")
        }
      }
    }
  }

  /// Cut in two at every place, short sessions give the same units.
  @Test func everySplit() throws {
    for (folder, name) in [("SMTP", "smtp"), ("POP3", "pop3"), ("IMAP", "imap")] {
      for recording in try Recording.all(in: folder) {
        for side in [TapOptions.Side.client, .server] {
          let octets = recording.bytes(of: side == .client ? .client : .server)
          let other = recording.bytes(of: side == .client ? .server : .client)
          guard octets.count < 600 else { continue }
          guard let mailProtocol = TapOptions.MailProtocol(rawValue: name) else { continue }
          let options = TapOptions(mailProtocol: mailProtocol, side: side, file: "")
          var printed = Printed()
          _ = try SplitCheck(options, bytes: octets, other: other).run(printingTo: &printed)
          let isSame = printed.complaints.first?.hasSuffix("gave the same units") ?? false
          if !isSame { Issue.record("\(recording.name) \(side): \(printed.complaints)") }
        }
      }
    }
  }
}
