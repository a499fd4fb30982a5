@_spi(MailCodec) import MailWire

/// What a `FETCH` response says in numbers: the part that needs no storage.
struct FetchHead: Sendable {
  var number: UInt32 = 0
  var isUIDFetch = false
  var uid: UInt32?
  var size: UInt64?
  var modSeq: UInt64?
  var internalDate: IMAPDateTime?
  var systemFlags: SystemFlags = []
  /// Whether there are flags that have no bit.
  var hasKeywords = false
  /// The flags with their parentheses; null without `FLAGS`.
  var flags = LayoutEntry.null
  /// The first and last of the items that have entries, which make a list; -1 without any.
  var firstItem = -1
  var lastItem = -1
}

/// The kinds of items that have entries. The first entry of an item has the kind for its offset and the index of the next
/// item for its length, zero for none.
enum FetchItemKind: UInt32 {
  /// An envelope follows.
  case envelope
  /// A body part follows.
  case bodyStructure, body
  /// Name, origin, content.
  case bodySection, binary, rfc822, rfc822Header, rfc822Text
  /// Name, number.
  case binarySize
  /// A string, or null.
  case emailID, threadID, preview, saveDate
  /// A number.
  case gmailMessageID, gmailThreadID
  /// A run of strings.
  case gmailLabels
  /// Name, text of the value.
  case unknown, malformed
}
