#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A system call that failed.
struct SystemError: Error, CustomStringConvertible {
  let call: String
  let code: Int32

  /// The error of the call that has just failed.
  init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  /// Whether the disk or the user's share of it is full.
  var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT }

  var description: String {
    guard let text = unsafe strerror(code) else { return "\(call): error \(code)" }
    return unsafe "\(call): \(String(cString: text))"
  }
}

/// Repeats a call that a signal interrupted, and throws when it fails.
@discardableResult
func attempt(_ call: @autoclosure () -> String, _ body: () -> Int32) throws(SystemError) -> Int32 {
  while true {
    let result = body()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw SystemError(call(), code: code) }
  }
}
