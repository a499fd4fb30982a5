public import IMAPCodec
import MailWire

/// A row in a list of messages: when, who, about what.
public struct MessageSummary: Sendable, Hashable {
  /// The message's identifier.
  public let uid: UInt32
  /// Its flags.
  public let flags: FlagSet
  /// When it arrived.
  public let internalDate: IMAPDateTime?
  /// Its size in octets.
  public let size: UInt64?
  /// The `Date` field as it was written.
  public let date: [UInt8]?
  /// The first author, names as they were written: encoded words included.
  public let from: EnvelopeAddress?
  /// The `Subject` field as it was written.
  public let subject: [UInt8]?

  /// The row of a response; nil when it has no UID.
  init?(_ fetch: FetchResponse) {
    guard let uid = fetch.uid else { return nil }
    self.uid = uid
    flags = fetch.flags ?? FlagSet()
    internalDate = fetch.internalDate
    size = fetch.size
    let envelope = fetch.envelope
    date = envelope?.date
    from = envelope?.from.first { $0.host != nil }
    subject = envelope?.subject
  }
}
