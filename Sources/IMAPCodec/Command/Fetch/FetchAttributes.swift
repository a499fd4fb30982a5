/// The FETCH items without arguments, as bits.
///
/// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5).
@frozen
public struct FetchAttributes: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt32

  /// A set from its bits.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `UID`: the unique identifier.
  public static var uid: FetchAttributes { FetchAttributes(rawValue: 1 << 0) }
  /// `FLAGS`: the flags.
  public static var flags: FetchAttributes { FetchAttributes(rawValue: 1 << 1) }
  /// `INTERNALDATE`: when the message arrived.
  public static var internalDate: FetchAttributes { FetchAttributes(rawValue: 1 << 2) }
  /// `RFC822.SIZE`: the octets of the message.
  public static var size: FetchAttributes { FetchAttributes(rawValue: 1 << 3) }
  /// `ENVELOPE`: the envelope.
  public static var envelope: FetchAttributes { FetchAttributes(rawValue: 1 << 4) }
  /// `BODYSTRUCTURE`: the MIME structure.
  public static var bodyStructure: FetchAttributes { FetchAttributes(rawValue: 1 << 5) }
  /// `BODY`: the MIME structure without extension data.
  public static var body: FetchAttributes { FetchAttributes(rawValue: 1 << 6) }
  /// `RFC822`: the message; it becomes seen. Gone from IMAP4rev2.
  public static var message: FetchAttributes { FetchAttributes(rawValue: 1 << 7) }
  /// `RFC822.HEADER`: its header. Gone from IMAP4rev2.
  public static var header: FetchAttributes { FetchAttributes(rawValue: 1 << 8) }
  /// `RFC822.TEXT`: its text; it becomes seen. Gone from IMAP4rev2.
  public static var text: FetchAttributes { FetchAttributes(rawValue: 1 << 9) }
  /// `MODSEQ`: [RFC 7162 §3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5).
  public static var modSeq: FetchAttributes { FetchAttributes(rawValue: 1 << 10) }
  /// `SAVEDATE`: [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
  public static var saveDate: FetchAttributes { FetchAttributes(rawValue: 1 << 11) }
  /// `EMAILID`: [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  public static var emailID: FetchAttributes { FetchAttributes(rawValue: 1 << 12) }
  /// `THREADID`: [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  public static var threadID: FetchAttributes { FetchAttributes(rawValue: 1 << 13) }
  /// `PREVIEW`: [RFC 8970](https://www.rfc-editor.org/rfc/rfc8970).
  public static var preview: FetchAttributes { FetchAttributes(rawValue: 1 << 14) }
  /// `PREVIEW (LAZY)`: the preview if it is at hand, [RFC 8970](https://www.rfc-editor.org/rfc/rfc8970).
  public static var lazyPreview: FetchAttributes { FetchAttributes(rawValue: 1 << 15) }
  /// `X-GM-MSGID`: Gmail's message id.
  public static var gmailMessageID: FetchAttributes { FetchAttributes(rawValue: 1 << 16) }
  /// `X-GM-THRID`: Gmail's thread id.
  public static var gmailThreadID: FetchAttributes { FetchAttributes(rawValue: 1 << 17) }
  /// `X-GM-LABELS`: Gmail's labels.
  public static var gmailLabels: FetchAttributes { FetchAttributes(rawValue: 1 << 18) }

  /// `FAST`.
  public static var fast: FetchAttributes { [.flags, .internalDate, .size] }
  /// `ALL`.
  public static var all: FetchAttributes { [.flags, .internalDate, .size, .envelope] }
  /// `FULL`.
  public static var full: FetchAttributes { [.flags, .internalDate, .size, .envelope, .body] }
}
