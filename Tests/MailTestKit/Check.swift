public import Testing

/// `#expect` for what the macro cannot take, such as a call on a value that cannot be copied, and for tests with many
/// checks: a call compiles in no time, where the macro takes 15 ms.
public func check(
  _ condition: Bool, _ text: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  if !condition { Issue.record(Comment(rawValue: text()), sourceLocation: sourceLocation) }
}
