import FuzzOracles
import MailTestKit
import Testing

/// The fuzzer's oracles over its seeds and over the inputs that once found something: `Tests/Corpora/Fuzz/TARGET`.
@Suite struct ReplayTests {
  @Test(arguments: FuzzTarget.allCases)
  func replay(_ target: FuzzTarget) throws {
    for folder in ["../Fuzz/Corpora/" + target.rawValue, "Fuzz/" + target.rawValue] {
      for file in Corpus.files(in: folder) {
        let input = try Corpus.bytes(folder + "/" + file)
        let finding = target.finding(in: input.span)
        #expect(finding == nil, "\(folder)/\(file): \(finding?.description ?? "")")
      }
    }
  }

  @Test func everyTargetHasSeeds() {
    for target in FuzzTarget.allCases {
      #expect(!Corpus.files(in: "../Fuzz/Corpora/" + target.rawValue).isEmpty, "\(target.rawValue)")
    }
  }
}
