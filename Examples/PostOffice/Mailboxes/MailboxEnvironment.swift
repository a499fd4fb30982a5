/// What all mailboxes share.
struct MailboxEnvironment {
  /// Makes a name that no other message has.
  let nextName: () -> String
  /// Seconds since 1970.
  var now: () -> Int64 = { Clock.microsecondsSince1970 / 1_000_000 }
}
