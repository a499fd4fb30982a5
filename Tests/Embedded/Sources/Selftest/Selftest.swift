/// Runs every check and returns the exit code.
@c(selftest)
public func selftest() -> CInt {
  var checks = Checks()
  checkContent(&checks)
  checkSMTPCodec(&checks)
  checkIMAPCodec(&checks)
  checkSMTPSession(&checks)
  checkPOP3Session(&checks)
  if checks.failures == 0 { print("selftest passed") }
  return checks.failures == 0 ? 0 : 1
}

/// Counts what was expected and did not come.
struct Checks {
  private(set) var failures = 0

  mutating func expect(_ condition: Bool, _ what: StaticString) {
    guard !condition else { return }
    failures += 1
    print("selftest FAILED:")
    print(what)
  }
}

extension StaticString {
  /// The octets, without the Unicode tables that comparing strings would need.
  var octets: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)) }
}
