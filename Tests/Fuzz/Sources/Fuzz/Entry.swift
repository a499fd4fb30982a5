import Oracles

/// What libFuzzer calls with every input. A finding ends the process, so that libFuzzer keeps the input.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  if let finding = target.finding(in: input.span) { fatalError("\(target.rawValue): \(finding)") }
  return 0
}
