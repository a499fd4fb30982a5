/// A `FETCH` item that did not match its grammar, kept beside its good neighbours, see ``IMAPQuirks/malformedItem``.
///
///     S: * 7 FETCH (UID 12 BODYSTRUCTURE (("text" "plain") FLAGS (\Seen))
public struct MalformedFetchItem: Hashable, Sendable {
  /// The item's name as far as it goes.
  public let name: [UInt8]
  /// The text of the value; all of the rest of the response when its end could not be told.
  public let text: [UInt8]

  init(name: [UInt8], text: [UInt8]) {
    self.name = name
    self.text = text
  }
}
