@_spi(MailCodec) public import MailWire

/// The name of a response code, from an open, registered set. Case does not count.
///
/// [IANA's registry](https://www.iana.org/assignments/imap-response-codes),
/// [RFC 5530 §3](https://www.rfc-editor.org/rfc/rfc5530#section-3). The statics are the codes that have no arguments.
public struct ResponseCodeKeyword: ASCIIToken {
  /// The octets as they were read or given.
  public let bytes: [UInt8]

  /// The longest name in octets.
  public static var maximumLength: Int { 255 }

  /// The keyword of these octets, which are known to be valid.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Whether the grammar allows `byte`: the characters of an atom.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { ASCIIClass.atom.contains(byte) }

  private init(_ text: StaticString) { bytes = IMAPWriter.bytes { $0.append(text) } }

  /// `ALERT`: the text must be shown to the user.
  public static let alert = Self("ALERT" as StaticString)
  /// `PARSE`: the message's header could not be parsed.
  public static let parse = Self("PARSE" as StaticString)
  /// `READ-ONLY`: the mailbox was opened so.
  public static let readOnly = Self("READ-ONLY" as StaticString)
  /// `READ-WRITE`: the mailbox was opened so.
  public static let readWrite = Self("READ-WRITE" as StaticString)
  /// `TRYCREATE`: the target mailbox does not exist, but can be created.
  public static let tryCreate = Self("TRYCREATE" as StaticString)
  /// `UIDNOTSTICKY`: the mailbox keeps no UIDs.
  public static let uidNotSticky = Self("UIDNOTSTICKY" as StaticString)
  /// `UNAVAILABLE`: a subsystem is down for the moment.
  public static let unavailable = Self("UNAVAILABLE" as StaticString)
  /// `AUTHENTICATIONFAILED`: wrong credentials.
  public static let authenticationFailed = Self("AUTHENTICATIONFAILED" as StaticString)
  /// `AUTHORIZATIONFAILED`: the credentials are not for the asked identity.
  public static let authorizationFailed = Self("AUTHORIZATIONFAILED" as StaticString)
  /// `EXPIRED`: the credentials are too old.
  public static let expired = Self("EXPIRED" as StaticString)
  /// `PRIVACYREQUIRED`: TLS is needed first.
  public static let privacyRequired = Self("PRIVACYREQUIRED" as StaticString)
  /// `CONTACTADMIN`: the user should call the administrator.
  public static let contactAdmin = Self("CONTACTADMIN" as StaticString)
  /// `NOPERM`: access is denied.
  public static let noPermission = Self("NOPERM" as StaticString)
  /// `INUSE`: something else has it locked.
  public static let inUse = Self("INUSE" as StaticString)
  /// `EXPUNGEISSUED`: somebody else has expunged the message.
  public static let expungeIssued = Self("EXPUNGEISSUED" as StaticString)
  /// `CORRUPTION`: the server found its data damaged.
  public static let corruption = Self("CORRUPTION" as StaticString)
  /// `SERVERBUG`: the server has a bug.
  public static let serverBug = Self("SERVERBUG" as StaticString)
  /// `CLIENTBUG`: the client has one.
  public static let clientBug = Self("CLIENTBUG" as StaticString)
  /// `CANNOT`: the operation violates some invariant of the server.
  public static let cannot = Self("CANNOT" as StaticString)
  /// `LIMIT`: an implementation limit was hit.
  public static let limit = Self("LIMIT" as StaticString)
  /// `OVERQUOTA`: the quota is, or would be, exceeded.
  public static let overQuota = Self("OVERQUOTA" as StaticString)
  /// `ALREADYEXISTS`: the mailbox is there.
  public static let alreadyExists = Self("ALREADYEXISTS" as StaticString)
  /// `NONEXISTENT`: the mailbox is not.
  public static let nonexistent = Self("NONEXISTENT" as StaticString)
  /// `NOTSAVED`: the result of the last search was not kept, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
  public static let notSaved = Self("NOTSAVED" as StaticString)
  /// `HASCHILDREN`: the mailbox has children.
  public static let hasChildren = Self("HASCHILDREN" as StaticString)
  /// `CLOSED`: what follows is about the newly selected mailbox, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public static let closed = Self("CLOSED" as StaticString)
  /// `UNKNOWN-CTE`: the part's transfer encoding cannot be undone, [RFC 3516](https://www.rfc-editor.org/rfc/rfc3516).
  public static let unknownEncoding = Self("UNKNOWN-CTE" as StaticString)
  /// `NOMODSEQ`: the mailbox has no mod-sequences, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
  public static let noModSeq = Self("NOMODSEQ" as StaticString)
  /// `TOOBIG`: the message would be too big, [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469).
  public static let tooBig = Self("TOOBIG" as StaticString)
  /// `COMPRESSIONACTIVE`: it is on already, [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978).
  public static let compressionActive = Self("COMPRESSIONACTIVE" as StaticString)
  /// `USEATTR`: the special use cannot be given, [RFC 6154](https://www.rfc-editor.org/rfc/rfc6154).
  public static let useAttribute = Self("USEATTR" as StaticString)
  /// `NOTIFICATIONOVERFLOW`: `NOTIFY` was switched off, [RFC 5465](https://www.rfc-editor.org/rfc/rfc5465).
  public static let notificationOverflow = Self("NOTIFICATIONOVERFLOW" as StaticString)
  /// `UIDREQUIRED`: sequence numbers are not accepted, [RFC 9586](https://www.rfc-editor.org/rfc/rfc9586).
  public static let uidRequired = Self("UIDREQUIRED" as StaticString)
  /// `BADCOMPARATOR`: no comparator fits, [RFC 5255 §4.9](https://www.rfc-editor.org/rfc/rfc5255#section-4.9).
  public static let badComparator = Self("BADCOMPARATOR" as StaticString)
  /// `TEMPFAIL`: a conversion failed for the moment, [RFC 5259 §9](https://www.rfc-editor.org/rfc/rfc5259#section-9).
  public static let temporaryFailure = Self("TEMPFAIL" as StaticString)
  /// `TOOMANY`: more was asked for than the server will do, [RFC 10022](https://www.rfc-editor.org/rfc/rfc10022).
  public static let tooMany = Self("TOOMANY" as StaticString)
}
