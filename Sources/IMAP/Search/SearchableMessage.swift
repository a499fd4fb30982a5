public import IMAPCodec

/// What a ``SearchEvaluator`` asks of a message; what costs most, last and at most once.
public protocol SearchableMessage {
  /// Its UID.
  var uid: UInt32 { get }
  /// Its flags, `\Recent` among them where there is such a thing.
  var flags: FlagSet { get }
  /// `INTERNALDATE`; searches disregard its time and zone.
  var internalDate: IMAPDateTime { get }
  /// When it came into this mailbox, [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514); nil when nobody knows.
  var saveDate: IMAPDateTime? { get }
  /// Its mod-sequence, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162); zero where there are none.
  var modSequence: UInt64 { get }
  /// `EMAILID`, [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474); nil when there is none.
  var emailID: ObjectID? { get }
  /// `THREADID`, [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474); nil when there is none.
  var threadID: ObjectID? { get }
  /// Its size in octets; nil when it is gone.
  mutating func size() -> UInt64?
  /// The octets of its header; nil when it is gone.
  mutating func header() -> [UInt8]?
  /// The octets of all of it; nil when it is gone.
  mutating func text() -> [UInt8]?
}
