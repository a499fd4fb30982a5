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
  /// `LIST`, `LSUB` or `XLIST`
  case list(ListResponse)
  /// `STATUS`
  case mailboxStatus(MailboxStatus)
  /// `SEARCH`
  case search(SearchResponse)
  /// `SORT`, [RFC 5256 §4](https://www.rfc-editor.org/rfc/rfc5256#section-4).
  case sort(SearchResponse)
  /// `ESEARCH`
  case extendedSearch(ExtendedSearchResponse)
  /// A response that has no case of its own.
  case other(OtherResponse)
}
