import MailDelivery
import MailTestKit
import Testing

@Suite struct NotifyConditionsTests {
  @Test func allSixteenCombinations() {
    for bits in 0..<16 {
      let conditions = NotifyConditions(rawValue: UInt8(bits))
      let isNever = bits & 8 != 0
      check(conditions.wantsSuccess == (bits & 1 != 0 && !isNever), "SUCCESS of \(bits)")
      check(conditions.wantsFailure == (bits == 0 || (bits & 2 != 0 && !isNever)), "FAILURE of \(bits)")
      check(conditions.wantsDelay == (bits == 0 || (bits & 4 != 0 && !isNever)), "DELAY of \(bits)")
    }
  }
}
