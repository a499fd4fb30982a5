import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPDateTests {
  @Test func dateTimes() throws {
    let table: [(String, String?, Int64)] = [
      ("\"17-Jul-1996 02:44:25 -0700\"", nil, 837_596_665), ("\" 7-Feb-1994 21:52:25 -0800\"", nil, 760_686_745),
      ("\" 1-jan-1970 00:00:00 +0000\"", "\" 1-Jan-1970 00:00:00 +0000\"", 0),
      ("\"31-Dec-1969 23:59:59 -0000\"", "\"31-Dec-1969 23:59:59 +0000\"", -1),
      ("\"29-Feb-2000 12:00:60 +0530\"", nil, 951_805_860),
      ("\"07-Feb-1994 21:52:25 -0800\"", "\" 7-Feb-1994 21:52:25 -0800\"", 760_686_745),
      ("\"31-Dec-9999 23:59:59 +0000\"", nil, 253_402_300_799), ("\" 1-Mar-0000 00:00:00 +0000\"", nil, -62_162_035_200)
    ]
    for (text, written, seconds) in table {
      let bytes = [UInt8](text.utf8)
      let time = try IMAPDateTime(bytes.span)
      #expect(time.description == written ?? text && time.secondsSince1970 == seconds, "\(text)")
    }
    let oneDigit = [UInt8]("\"7-Feb-1994 21:52:25 -0800\"".utf8)
    #expect(throws: SyntaxError(.badNumber, at: 1)) { try IMAPDateTime(oneDigit.span) }
    #expect(try IMAPDateTime(oneDigit.span, quirks: .oneDigitDay).date.day == 7)
  }

  @Test func refusals() {
    for text in [
      "", "\"\"", "17-Jul-1996 02:44:25 -0700", "\"32-Jul-1996 02:44:25 -0700\"", "\"00-Jul-1996 02:44:25 -0700\"",
      "\"17-Jux-1996 02:44:25 -0700\"", "\"17-Jul-96 02:44:25 -0700\"", "\"17-Jul-1996 24:44:25 -0700\"",
      "\"17-Jul-1996 02:60:25 -0700\"", "\"17-Jul-1996 02:44:61 -0700\"", "\"17-Jul-1996 02:44:25 -0760\"",
      "\"17-Jul-1996 02:44:25 0700\"", "\"17-Jul-1996 02:44:25 -0700", "\"17-Jul-1996  02:44:25 -0700\"",
      "\"117-Jul-1996 02:44:25 -0700\"", "\"17-July-1996 02:44:25 -0700\"", "\"17-Jul-1996 02:44:25 -0700\"x"
    ] {
      let bytes = [UInt8](text.utf8)
      #expect((try? IMAPDateTime(bytes.span)) == nil, "\(text)")
    }
    #expect((try? IMAPDate(year: 2026, month: 13, day: 1)) == nil && (try? IMAPDate(year: -1, month: 1, day: 1)) == nil)
    #expect((try? IMAPDateTime(secondsSince1970: .min)) == nil && (try? IMAPDateTime(secondsSince1970: 1 << 39)) == nil)
  }

  @Test func roundTrips() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 {
      let seconds = Int64(random.below(300_000_000_000)) - 50_000_000_000
      let time = try IMAPDateTime(secondsSince1970: seconds, zone: random.below(1_600) - 800)
      let bytes = [UInt8](time.description.utf8)
      guard time.secondsSince1970 == seconds, try IMAPDateTime(bytes.span) == time else {
        Issue.record("\(seconds): \(time)")
        return
      }
    }
  }
}
