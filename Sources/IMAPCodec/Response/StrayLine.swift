/// A line that is no response at all, kept as it came: an empty one, another protocol's, noise.
///
/// It appears only by a quirk, see ``IMAPQuirks/blankLine``, ``IMAPQuirks/foreignLine`` and ``IMAPQuirks/irregularName``.
///
///     S: 421 Server is busy
public struct StrayLine: Hashable, Sendable {
  /// The octets, without the line end.
  public let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
