import Testing

@testable import PostOffice

@Test func datesAreWrittenAsTheStandardWants() {
  let table: [(Int64, String)] = [
    (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
    (784_887_151, "Tue, 15 Nov 1994 08:12:31 +0000"),
    (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
    (951_868_800, "Wed, 01 Mar 2000 00:00:00 +0000"),
    (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 +0000"),
    (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 +0000"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
    (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
    (-86_400 * 4, "Sun, 28 Dec 1969 00:00:00 +0000"),
    (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 +0000")
  ]
  for (seconds, text) in table { #expect(MailDate(secondsSince1970: seconds).description == text) }
}
