/// How much mail there is, for quota.
struct MailUsage: Equatable {
  var messages: UInt64 = 0
  var octets: UInt64 = 0
  /// How the folders of the one mailbox were when it was counted.
  var times = FolderTimes()
}
