import MailTestKit
import Testing

@testable import Wiretap

@Suite struct RunTests {
  private func run(_ arguments: String) -> (status: Wiretap.ExitStatus, printed: Printed) {
    var printed = Printed()
    let status = runCommand(arguments.split(separator: " ").map(String.init), printingTo: &printed)
    return (status, printed)
  }

  @Test func options() throws {
    let arguments = [
      "pop3", "--from=server", "--strict", "--chunk", "5", "--json", "--stats", "--with", "c", "--", "-x"
    ]
    let options = try #require(try TapOptions.parse(arguments))
    var expected = TapOptions(mailProtocol: .pop3, side: .server, file: "-x")
    expected.isStrict = true
    expected.chunking = .octets(5)
    expected.printsJSON = true
    expected.printsStatistics = true
    expected.otherFile = "c"
    #expect(options == expected)
    #expect(try TapOptions.parse(["--help"]) == nil)
    #expect(run("-h").status == .accepted)
    #expect(TapOptions.usage.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  /// Every mistake gives one line and its status.
  @Test func mistakes() {
    let table = [
      "", "smtp", "smtp x", "http --from client x", "smtp --from x", "smtp --from", "smtp --from middle x",
      "smtp --from client", "smtp --from client x y", "smtp --from client --chunk 0 x",
      "smtp --from client --chunk x x",
      "smtp --from client --bogus x", "smtp --from client --json=yes x", "smtp --from client --with - -",
      "smtp --from client --with= x", "imap --from server --with x -", "smtp -x"
    ]
    for arguments in table {
      let (status, printed) = run(arguments)
      #expect(status == .usage && printed.complaints.count == 1 && printed.text.isEmpty, "\(arguments)")
      #expect(!(printed.complaints.first?.contains("\n") ?? true), "\(arguments)")
    }
    for arguments in [
      "smtp --from client /nowhere", "smtp --from client /", "smtp --from client --with /nowhere /dev/null"
    ] {
      let (status, printed) = run(arguments)
      #expect(status == .noInput && printed.complaints.count == 1, "\(arguments)")
    }
  }

  @Test func files() {
    let folder = Corpus.path + "/Wiretap/"
    #expect(run("smtp --from client /dev/null").status == .accepted)
    let good = run("smtp --from client --json --stats --with \(folder)login.server \(folder)login.client")
    #expect(good.status == .accepted && good.printed.text.split(separator: "\n").count == 4)
    #expect(good.printed.complaints.contains("units: 4, of which 0 refused or incomplete"))
    #expect(good.printed.complaints.contains { $0.hasPrefix("octets a second: ") })
    #expect(good.printed.complaints.contains { $0.hasPrefix("memory: ") })
    let text = run("smtp --from client --stats --chunk every-split \(folder)login.client")
    #expect(text.status == .accepted && text.printed.text.contains("\nunits: 4, of which 0"))
    #expect(text.printed.complaints == ["73 of 73 ways to cut the input in two gave the same units"])
    #expect(run("smtp --from server \(folder)login.client").status == .refused)
  }

  /// Of a large input, places are tried as far as the cost allows, from one end to the other.
  @Test func largeInputsAreCutAtSomePlaces() throws {
    let options = TapOptions(mailProtocol: .smtp, side: .client, file: "")
    for (size, least) in [(1 << 14, (1 << 14) - 1), (1 << 20, 250), (1 << 26, 16)] {
      let places = SplitCheck(options, bytes: [UInt8](repeating: 0, count: size), other: nil).places
      #expect(places.count >= least && places.count <= 1 << 14 && (places.last ?? 0) > size - size / 16 - 2, "\(size)")
    }
  }
}
