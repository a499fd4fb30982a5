import IMAPCodec
import MailWire

extension ClientInterest {
  /// What a command asks for.
  init(_ command: IMAPCommand) {
    switch command {
    case .capability, .login, .authenticate, .unauthenticate: self.init(Kinds.capability)
    case .logout: self.init(Kinds.goodbye)
    case .id: self.init(Kinds.id)
    case .enable: self.init(Kinds.enabled)
    case .select, .examine:
      self.init([.selection, .vanishedEarlier, .fetch])
      // With QRESYNC, the server tells what has changed in the meantime.
      messages = .sequence(.all)
      items = [.uid, .flags, .modSeq]
    case .list(let request):
      self.init(Kinds.list)
      let status = StaticName("STATUS")
      if request.returning?.contains(where: { status.matches($0.name.bytes) }) == true { kinds.insert(.mailboxStatus) }
    case .listSubscribed, .listRemoteSubscribed: self.init(Kinds.listSubscribed)
    case .listRemote: self.init(Kinds.list)
    case .listSpecial: self.init([.list, .listSpecial])
    case .namespace: self.init(Kinds.namespace)
    case .status(let name, _):
      self.init(Kinds.mailboxStatus)
      mailbox = name
    case .notify: self.init([.mailboxStatus, .list])
    case .check, .close, .unselect, .noop, .idle, .startTLS, .compress: self.init(Kinds())
    case .expunge: self.init(Kinds.expunge)
    case .move, .replace: self.init([.expunge, .copyUID])
    case .append, .copy: self.init(Kinds())
    case .search: self.init([.search, .extendedSearch])
    case .sort: self.init([.sort, .extendedSearch])
    case .thread: self.init([.thread, .extendedSearch])
    case .searchMailboxes: self.init(Kinds.extendedSearch)
    case .uidBatches: self.init(Kinds.uidBatches)
    case .cancelUpdate: self.init(Kinds())
    case .fetch(let set, let request, let modifiers):
      self.init(modifiers.vanished ? [.fetch, .vanishedEarlier] : .fetch)
      messages = set
      items = Items(request)
      sections = Self.sections(of: request)
      if set.isUID { items.insert(.uid) }
      if modifiers.changedSince != nil { items.insert(.modSeq) }
    case .store(let set, _):
      self.init(Kinds.fetch)
      messages = set
      items = [.flags, .modSeq, .others]
    case .getQuota, .getQuotaRoot, .setQuota: self.init(Kinds.quota)
    case .getACL, .setACL, .deleteACL, .listRights, .myRights: self.init(Kinds.accessControl)
    case .getMetadata, .setMetadata: self.init(Kinds.metadata)
    case .language: self.init(Kinds.language)
    case .comparator: self.init(Kinds.comparator)
    case .generateURLAuth, .resetKey: self.init(Kinds.urls)
    case .fetchURLs: self.init(Kinds.urlFetch)
    case .getJMAPAccess: self.init(Kinds.jmapAccess)
    case .create, .delete, .rename, .subscribe, .unsubscribe: self.init(Kinds())
    case .unknown: self.init(Kinds.other)
    @unknown default: self.init(Kinds.other)
    }
  }

  /// Whether the command asked for a response, with the mailbox as it is before it.
  func wants(_ response: UntaggedResponse, _ tag: IMAPTag, _ mirror: MailboxMirror?) -> Bool {
    switch response {
    case .fetch(let fetch): kinds.contains(.fetch) && wants(fetch, mirror)
    case .status(let status): wants(status, tag)
    case .capability: kinds.contains(.capability)
    case .enabled: kinds.contains(.enabled)
    case .flags, .exists, .recent: kinds.contains(.selection)
    case .expunge: kinds.contains(.expunge)
    case .vanished(earlier: let earlier, _): kinds.contains(earlier ? .vanishedEarlier : .expunge)
    case .list(let list):
      switch list.kind {
      case .list: kinds.contains(.list)
      case .subscribed: kinds.contains(.listSubscribed)
      case .extended: kinds.contains(.listSpecial)
      }
    case .mailboxStatus(let status): kinds.contains(.mailboxStatus) && (mailbox == nil || mailbox == status.name)
    case .search: kinds.contains(.search)
    case .sort: kinds.contains(.sort)
    case .extendedSearch(let result):
      kinds.contains(.extendedSearch) && (result.tag == nil || result.tag == tag)
    case .thread: kinds.contains(.thread)
    case .uidBatches: kinds.contains(.uidBatches)
    case .id: kinds.contains(.id)
    case .namespace: kinds.contains(.namespace)
    case .quota, .quotaRoot: kinds.contains(.quota)
    case .accessControlList, .grantableRights, .myRights: kinds.contains(.accessControl)
    case .metadata: kinds.contains(.metadata)
    case .language: kinds.contains(.language)
    case .comparator: kinds.contains(.comparator)
    case .authorisedURLs: kinds.contains(.urls)
    case .urlFetch: kinds.contains(.urlFetch)
    case .jmapAccess: kinds.contains(.jmapAccess)
    case .other: kinds.contains(.other)
    @unknown default: false
    }
  }

  private func wants(_ status: StatusResponse, _ tag: IMAPTag) -> Bool {
    if status.condition == .bye { return kinds.contains(.goodbye) }
    switch status.code {
    case .copyUID: return kinds.contains(.copyUID)
    case .inProgress(let progress?): return progress.tag == tag
    case .noUpdate(let other): return other == tag
    case .permanentFlags, .uidNext, .uidValidity, .unseen, .highestModSeq, .mailboxID, .annotations:
      return kinds.contains(.selection)
    case .keyword(let keyword):
      return kinds.contains(.selection) && [.readOnly, .readWrite, .closed, .noModSeq, .uidNotSticky].contains(keyword)
    default: return false
    }
  }
}
