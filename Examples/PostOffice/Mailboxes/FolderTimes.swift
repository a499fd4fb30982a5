/// When files came into the folders of a Maildir, left them or got other names there, in nanoseconds since 1970.
struct FolderTimes: Equatable {
  var new: Int64 = 0
  var current: Int64 = 0

  /// The later of the two.
  var latest: Int64 { max(new, current) }
}
