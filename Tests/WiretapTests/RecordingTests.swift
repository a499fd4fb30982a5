import MailTestKit
import Testing

@testable import Wiretap

/// Sessions of real programs, both sides, with and without the other one.
@Suite struct RecordingTests {
  /// Leniently, everything is accepted but commands that the recorded server refused as well, and no octet is left out
  /// or counted twice.
  @Test func everythingRealIsAccepted() throws {
    var units = 0
    for (folder, name) in [("SMTP", "smtp"), ("POP3", "pop3"), ("IMAP", "imap")] {
      for recording in try Recording.all(in: folder) {
        let client = recording.bytes(of: .client)
        let server = recording.bytes(of: .server)
        let commands = try Tapped("\(name) --from client", client, with: server).units
        for unit in commands where !unit.isAccepted {
          // Some servers hang up after many errors and answer no more.
          let isRefused = unit.answered.allSatisfy { reply in
            ["4", "5", "-ERR", "BAD", "NO"].contains { reply.summary.hasPrefix($0) }
          }
          if !isRefused, !Self.tolerated.contains("\(recording.name) \(unit.offset)") {
            Issue.record("\(recording.name).client: \(TextReport.lines(unit))")
          }
        }
        var sides = [(commands, client.count)]
        for other in [client, nil] {
          let replies = try Tapped("\(name) --from server", server, with: other).units
          for unit in replies where !unit.isAccepted {
            Issue.record("\(recording.name).server: \(TextReport.lines(unit))")
          }
          sides.append((replies, server.count))
        }
        for (side, count) in sides {
          units += side.count
          let end = side.reduce(0 as UInt64) { $1.offset == $0 ? $0 + $1.length : .max - $1.length }
          #expect(end == UInt64(count), "\(recording.name)")
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

  /// Cut in two at every place, short sessions give the same units.
  @Test func everySplit() throws {
    for (folder, name) in [("SMTP", "smtp"), ("POP3", "pop3"), ("IMAP", "imap")] {
      for recording in try Recording.all(in: folder) {
        for side in [TapOptions.Side.client, .server] {
          let octets = recording.bytes(of: side == .client ? .client : .server)
          let other = recording.bytes(of: side == .client ? .server : .client)
          guard octets.count < 250 else { continue }
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
