/// What a server says without a tag: data that was asked for, or news.
///
/// [RFC 9051 §7](https://www.rfc-editor.org/rfc/rfc9051#section-7)
@nonexhaustive
public enum UntaggedResponse: Hashable, Sendable {
  /// `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`: a greeting, news, a warning.
  case status(StatusResponse)
  /// `CAPABILITY`
  case capability([IMAPCapability])
  /// `ENABLED`, [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161).
  case enabled([IMAPCapability])
  /// `FLAGS`: the flags that the mailbox knows.
  case flags(FlagSet)
  /// `EXISTS`: how many messages there are.
  case exists(UInt32)
  /// `RECENT`: how many of them are recent, IMAP4rev1 only.
  case recent(UInt32)
  /// `EXPUNGE`: this message is gone, and those behind it have moved up.
  case expunge(UInt32)
  /// `VANISHED`: these messages are gone. The ones that were gone `earlier` do not change any number.
  ///
  /// [RFC 7162 §3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10)
  case vanished(earlier: Bool, UIDSet)
  /// `FETCH` and `UIDFETCH`
  case fetch(FetchResponse)

  // MARK: Mailboxes

  /// `LIST`, `LSUB` or `XLIST`
  case list(ListResponse)
  /// `STATUS`
  case mailboxStatus(MailboxStatus)

  // MARK: Results

  /// `SEARCH`
  case search(SearchResponse)
  /// `SORT`, [RFC 5256 §4](https://www.rfc-editor.org/rfc/rfc5256#section-4).
  case sort(SearchResponse)
  /// `ESEARCH`, in answer to a search or sort of one or several mailboxes.
  indirect case extendedSearch(ExtendedSearchResponse)
  /// `THREAD`, [RFC 5256 §4](https://www.rfc-editor.org/rfc/rfc5256#section-4).
  case thread(ThreadResponse)
  /// `UIDBATCHES`, [RFC 10022 §3](https://www.rfc-editor.org/rfc/rfc10022#section-3).
  indirect case uidBatches(UIDBatchesResponse)

  // MARK: Extensions

  /// `ID`: what the server says of itself, [RFC 2971 §3.2](https://www.rfc-editor.org/rfc/rfc2971#section-3.2).
  case id(IDParameters)
  /// `NAMESPACE`
  case namespace(NamespaceResponse)
  /// `QUOTA`, [RFC 9208 §5.1](https://www.rfc-editor.org/rfc/rfc9208#section-5.1).
  case quota(QuotaResponse)
  /// `QUOTAROOT`, [RFC 9208 §5.2](https://www.rfc-editor.org/rfc/rfc9208#section-5.2).
  case quotaRoot(QuotaRootResponse)
  /// `ACL`, [RFC 4314 §3.6](https://www.rfc-editor.org/rfc/rfc4314#section-3.6).
  case accessControlList(AccessControlList)
  /// `LISTRIGHTS`, [RFC 4314 §3.7](https://www.rfc-editor.org/rfc/rfc4314#section-3.7).
  indirect case grantableRights(GrantableRights)
  /// `MYRIGHTS`: the user's own rights, [RFC 4314 §3.8](https://www.rfc-editor.org/rfc/rfc4314#section-3.8).
  case myRights(MailboxName, AccessRights)
  /// `METADATA`, [RFC 5464 §4.4](https://www.rfc-editor.org/rfc/rfc5464#section-4.4).
  case metadata(MetadataResponse)
  /// `LANGUAGE`: the language in use, or those that there are; none is written as `i-default`.
  ///
  /// [RFC 5255 §3.3](https://www.rfc-editor.org/rfc/rfc5255#section-3.3)
  case language([IMAPString])
  /// `COMPARATOR`
  case comparator(ComparatorResponse)
  /// `GENURLAUTH`: URLs with their authorisation; none is written as an empty one.
  ///
  /// [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7)
  case authorisedURLs([IMAPString])
  /// `URLFETCH`: what URLs refer to; none is written as an empty URL that is refused.
  case urlFetch([URLFetchResult])
  /// `JMAPACCESS`: the URL of the session resource, [RFC 9698 §3](https://www.rfc-editor.org/rfc/rfc9698#section-3).
  case jmapAccess(IMAPString)
  /// A response that has no case of its own.
  case other(OtherResponse)
}
