import IMAPCodec

/// What happened in a mailbox, by UID.
enum FolderNews {
  case appeared(NumberRanges, modSequence: UInt64)
  case expunged(NumberRanges, modSequence: UInt64)
  case flagsChanged([FlagNews], modSequence: UInt64)
  /// The mailbox has keywords that it did not have.
  case keywordsAdded
  case renamed(to: FolderName)
  /// The mailbox is gone, and whatever is asked of it fails.
  case deleted
}

/// The flags that a message has now.
struct FlagNews: Equatable {
  let uid: UInt32
  let flags: FlagSet
}
