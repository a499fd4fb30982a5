public import POP3Codec

/// A message as a maildrop lists it.
public struct MaildropEntry: Hashable, Sendable {
  /// What `RETR` sends, in octets: line ends counted as CRLF, dots once. `CanonicalSize` counts them.
  public var octets: UInt64
  /// Its name for as long as it lies there.
  public var uniqueID: UniqueID

  /// An entry of these values.
  public init(octets: UInt64, uniqueID: UniqueID) {
    self.octets = octets
    self.uniqueID = uniqueID
  }
}
