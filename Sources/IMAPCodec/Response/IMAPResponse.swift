/// What a server sends: a completion, data, or a continuation request.
///
/// [RFC 9051 §7](https://www.rfc-editor.org/rfc/rfc9051#section-7). ``IMAPResponseParser/response(_:)`` reads one.
@frozen
public enum IMAPResponse: Hashable, Sendable {
  /// A command's completion: `OK`, `NO` or `BAD` behind the command's tag.
  case tagged(IMAPTag, StatusResponse)
  /// Anything behind an asterisk.
  case untagged(UntaggedResponse)
  /// A continuation request: all that stands behind the plus sign and its space. What it is, a text or base64, depends on
  /// what it answers.
  ///
  ///     S: + idling
  case continuationRequest([UInt8])
  /// A line that is no response; only by a quirk.
  case stray(StrayLine)
}
