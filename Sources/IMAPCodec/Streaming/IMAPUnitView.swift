/// The text of a unit, borrowed, and where in it literals were streamed.
///
/// The header of a streamed literal stands in the text, its octets do not.
///
///     * 2 FETCH (BODY[] {2048}
///      UID 9)
public struct IMAPUnitView: ~Escapable {
  /// The text, without the line ending at its end.
  public let text: Span<UInt8>
  /// The offsets in ``text`` where the octets of streamed literals are missing, ascending.
  public let gaps: Span<Int>

  /// A unit of which nothing was streamed.
  @_lifetime(copy text)
  public init(_ text: Span<UInt8>) {
    self.text = text
    gaps = Span()
  }

  @_lifetime(copy text, copy gaps)
  init(_ text: Span<UInt8>, gaps: Span<Int>) {
    self.text = text
    self.gaps = gaps
  }
}
