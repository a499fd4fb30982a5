/// Makes names for everybody in this process who writes messages.
final class NameSource {
  private(set) var names = UniqueNames()

  /// A name that no other message has.
  func next() -> String { names.next(at: Clock.microsecondsSince1970) }
}
