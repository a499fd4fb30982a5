@_spi(MailCodec) public import MailWire

/// A command of the client, without its tag.
///
/// [RFC 9051 §6](https://www.rfc-editor.org/rfc/rfc9051#section-6). A value is always writable: no string in it can end its
/// line or begin another argument. ``TaggedCommand`` is what goes over the wire.
///
///     C: A1 UID FETCH 7:9 (FLAGS BODY.PEEK[HEADER])
@nonexhaustive
public enum IMAPCommand: Equatable, Sendable {
  // MARK: Any state

  /// `CAPABILITY`: asks for the capabilities.
  case capability
  /// `NOOP`: asks for news.
  case noop
  /// `LOGOUT`: ends the session.
  case logout
  /// `ID`: tells who the client is, [RFC 2971](https://www.rfc-editor.org/rfc/rfc2971).
  case id(IDParameters)

  // MARK: Not authenticated

  /// `STARTTLS`: [RFC 9051 §6.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.1).
  case startTLS
  /// `AUTHENTICATE`, perhaps with what the mechanism says first, [RFC 4959](https://www.rfc-editor.org/rfc/rfc4959); it is
  /// what base64 carries, not base64.
  case authenticate(SASLMechanism, initialResponse: Secret?)
  /// `LOGIN`: user and password.
  case login(IMAPString, IMAPPassword)

  // MARK: Authenticated

  /// `ENABLE`: [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161).
  case enable(OneOrMore<IMAPAtom>)
  /// `SELECT`: opens a mailbox.
  case select(MailboxName, SelectParameters)
  /// `EXAMINE`: opens a mailbox for reading.
  case examine(MailboxName, SelectParameters)
  /// `CREATE`, perhaps with parameters such as `USE (\Drafts)`, [RFC 6154](https://www.rfc-editor.org/rfc/rfc6154).
  case create(MailboxName, [IMAPParameter])
  /// `DELETE`: removes a mailbox.
  case delete(MailboxName)
  /// `RENAME`: the old name and the new one.
  case rename(MailboxName, MailboxName)
  /// `SUBSCRIBE`: adds a name to the list of subscriptions.
  case subscribe(MailboxName)
  /// `UNSUBSCRIBE`: removes a name from it.
  case unsubscribe(MailboxName)
  /// `LIST`: asks for mailboxes.
  indirect case list(ListRequest)
  /// `LSUB`: asks for subscriptions; gone from IMAP4rev2.
  case listSubscribed(reference: MailboxName, MailboxPattern)
  /// `XLIST`: the forerunner of `SPECIAL-USE`.
  case listSpecial(reference: MailboxName, MailboxPattern)
  /// `NAMESPACE`: [RFC 2342](https://www.rfc-editor.org/rfc/rfc2342).
  case namespace
  /// `STATUS`: asks for counts of a mailbox.
  case status(MailboxName, StatusItems)
  /// `APPEND`: adds messages to a mailbox; the first one's octets follow the command's text.
  indirect case append(MailboxName, AppendMessage)
  /// `IDLE`: waits for news, [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177).
  case idle

  // MARK: Selected

  /// `CHECK`: asks for a checkpoint; gone from IMAP4rev2.
  case check
  /// `CLOSE`: expunges and deselects.
  case close
  /// `UNSELECT`: deselects, [RFC 3691](https://www.rfc-editor.org/rfc/rfc3691).
  case unselect
  /// `EXPUNGE`: removes messages marked as deleted; behind `UID` only these,
  /// [RFC 4315 §2.1](https://www.rfc-editor.org/rfc/rfc4315#section-2.1).
  case expunge(UIDSet?)
  /// `SEARCH`: asks which messages fit.
  case search(SearchProgram, isUID: Bool)
  /// `SORT`: asks for those that fit, in order, [RFC 5256](https://www.rfc-editor.org/rfc/rfc5256).
  indirect case sort(SortRequest, isUID: Bool)
  /// `THREAD`: asks for those that fit, as conversations, [RFC 5256](https://www.rfc-editor.org/rfc/rfc5256).
  indirect case thread(ThreadRequest, isUID: Bool)
  /// `FETCH`: asks for data of messages.
  case fetch(MessageSet, FetchItems, FetchModifiers)
  /// `STORE`: changes flags.
  case store(MessageSet, StoreRequest)
  /// `COPY`: copies messages to a mailbox.
  case copy(MessageSet, MailboxName)
  /// `MOVE`: moves messages to a mailbox, [RFC 6851](https://www.rfc-editor.org/rfc/rfc6851).
  case move(MessageSet, MailboxName)
  /// `REPLACE`: puts a new message in the place of one, [RFC 8508](https://www.rfc-editor.org/rfc/rfc8508).
  indirect case replace(ReplacedMessage, MailboxName, AppendMessage)

  // MARK: Extensions

  /// `COMPRESS`: compresses the connection by an algorithm, [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978).
  case compress(IMAPAtom)
  /// `UNAUTHENTICATE`: [RFC 8437](https://www.rfc-editor.org/rfc/rfc8437).
  case unauthenticate
  /// `GETQUOTA`: a quota root, [RFC 9208](https://www.rfc-editor.org/rfc/rfc9208).
  case getQuota(IMAPString)
  /// `GETQUOTAROOT`: a mailbox's quota roots.
  case getQuotaRoot(MailboxName)
  /// `SETQUOTA`: limits a quota root.
  case setQuota(IMAPString, [QuotaLimit])
  /// `SETACL`: gives, adds or removes rights, [RFC 4314](https://www.rfc-editor.org/rfc/rfc4314).
  case setACL(MailboxName, identifier: IMAPString, rights: IMAPString)
  /// `DELETEACL`: removes an identifier's rights.
  case deleteACL(MailboxName, identifier: IMAPString)
  /// `GETACL`: asks who has rights.
  case getACL(MailboxName)
  /// `LISTRIGHTS`: asks which rights an identifier can have.
  case listRights(MailboxName, identifier: IMAPString)
  /// `MYRIGHTS`: asks for the user's own rights.
  case myRights(MailboxName)
  /// `GETMETADATA`: asks for annotations of a mailbox, or of the server when its name is empty,
  /// [RFC 5464](https://www.rfc-editor.org/rfc/rfc5464).
  indirect case getMetadata(MailboxName, MetadataRequest)
  /// `SETMETADATA`: sets annotations.
  case setMetadata(MailboxName, OneOrMore<MetadataEntry>)
  /// `NOTIFY`: says of what to tell unasked, [RFC 5465](https://www.rfc-editor.org/rfc/rfc5465).
  indirect case notify(NotifyRequest)
  /// `ESEARCH`: searches several mailboxes, [RFC 7377](https://www.rfc-editor.org/rfc/rfc7377).
  indirect case searchMailboxes(MailboxesSearch)
  /// `CANCELUPDATE`: ends the updates of the searches with these tags, [RFC 5267 §4.3](https://www.rfc-editor.org/rfc/rfc5267#section-4.3).
  case cancelUpdate(OneOrMore<IMAPTag>)
  /// `UIDBATCHES`: asks for ranges of UIDs of equal size, [RFC 10022](https://www.rfc-editor.org/rfc/rfc10022).
  case uidBatches(UIDBatchesRequest)
  /// `LANGUAGE`: asks for texts in one of these languages, or which ones there are,
  /// [RFC 5255 §3](https://www.rfc-editor.org/rfc/rfc5255#section-3).
  case language([IMAPString])
  /// `COMPARATOR`: asks for one of these collations, or which one is used,
  /// [RFC 5255 §4.7](https://www.rfc-editor.org/rfc/rfc5255#section-4.7).
  case comparator([IMAPString])
  /// `GENURLAUTH`: asks for URLs that others may use, [RFC 4467](https://www.rfc-editor.org/rfc/rfc4467).
  case generateURLAuth(OneOrMore<URLAuthRequest>)
  /// `RESETKEY`: makes such URLs void, of one mailbox or of all.
  case resetKey(URLKeyReset?)
  /// `URLFETCH`: asks for what such URLs refer to.
  case fetchURLs(OneOrMore<URLFetchItem>)
  /// `GETJMAPACCESS`: asks for the URL of the same account in JMAP, [RFC 9698](https://www.rfc-editor.org/rfc/rfc9698).
  case getJMAPAccess
  /// `RLIST`: `LIST` with mailboxes of other servers, [RFC 2193 §3](https://www.rfc-editor.org/rfc/rfc2193#section-3).
  case listRemote(reference: MailboxName, MailboxPattern)
  /// `RLSUB`: `LSUB` with mailboxes of other servers.
  case listRemoteSubscribed(reference: MailboxName, MailboxPattern)
  /// A command that is not in this list, and its arguments; made by ``unknown(_:_:)``.
  case unknown(IMAPAtom, [IMAPValue], NestingDepth)
}

extension IMAPCommand {
  /// A command of an extension.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` for a name that would be read as another command, `tooMany` beyond
  ///   ``NestingDepth/maximum`` levels.
  public static func unknown(_ name: IMAPAtom, _ arguments: [IMAPValue]) throws(SyntaxError) -> IMAPCommand {
    let command = IMAPCommand.unknown(
      name, arguments, try NestingDepth(around: Swift.max(0, IMAPValue.depth(of: arguments) - 1)))
    let text = IMAPWriter.bytes { command.write(to: &$0) }
    var cursor = ByteCursor(text.span.extracting(first: text.count - 2))
    var context = ParseContext(quirks: [.eightBitInQuoted], limits: .unlimited)
    guard (try? parse(&cursor, &context)) == command else { throw SyntaxError(.badToken, at: 0) }
    return command
  }
}
