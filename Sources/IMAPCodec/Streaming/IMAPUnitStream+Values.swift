@_spi(MailCodec) public import MailWire

// What a machine wants of a unit. These take what they need as arguments, because a borrowed unit keeps all of a machine
// that holds the stream borrowed.

extension IMAPUnitStream {
  /// The response that ``Event/unit`` told of.
  ///
  /// - Throws: ``SyntaxError``, as ``IMAPResponseParser/response(_:)-(IMAPUnitView)``.
  public borrowing func response(
    in buffer: borrowing ReceiveBuffer, _ parser: inout IMAPResponseParser
  ) throws(SyntaxError) -> IMAPResponse {
    try parser.response(unit(in: buffer))
  }

  /// The command that ``Event/unit`` told of, or whose first part ``Event/contentBegins(_:_:)`` did.
  ///
  /// - Throws: ``SyntaxError``, as ``TaggedCommand``.
  public borrowing func command(
    in buffer: borrowing ReceiveBuffer, used: inout IMAPQuirks
  ) throws(SyntaxError) -> TaggedCommand {
    try TaggedCommand(unit(in: buffer).text, quirks: quirks, limits: limits, used: &used)
  }

  /// What stands behind a content of a command, at ``Event/unit`` or at the next ``Event/contentBegins(_:_:)``; `position`
  /// is the content's.
  ///
  /// - Throws: ``SyntaxError``, as ``AppendContinuation``.
  public borrowing func continuation(
    in buffer: borrowing ReceiveBuffer, at position: AppendContinuation.Position
  ) throws(SyntaxError) -> AppendContinuation {
    try AppendContinuation(parsing: unit(in: buffer).text, at: position, quirks: quirks, limits: limits)
  }
}
