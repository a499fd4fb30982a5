@_spi(MailCodec) import MailWire

/// The modifiers of `FETCH`.
///
/// [RFC 7162 §3.1.4.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4.1),
/// [RFC 9394 §3.3](https://www.rfc-editor.org/rfc/rfc9394#section-3.3).
///
///     C: A1 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
public struct FetchModifiers: Hashable, Sendable {
  /// `CHANGEDSINCE`: only messages with a higher mod-sequence.
  public var changedSince: UInt64?
  /// `VANISHED`: expunged messages are reported as well; only behind `UID`, with `CHANGEDSINCE`.
  public var vanished: Bool
  /// `PARTIAL`: only these of the messages.
  public var partial: ResultRange?
  /// Modifiers that are not in this list.
  public var unknown: [IMAPParameter]

  /// No modifiers, or some.
  public init(
    changedSince: UInt64? = nil, vanished: Bool = false, partial: ResultRange? = nil, unknown: [IMAPParameter] = []
  ) {
    self.changedSince = changedSince
    self.vanished = vanished
    self.partial = partial
    self.unknown = unknown
  }

  /// Whether there are none.
  public var isEmpty: Bool { changedSince == nil && !vanished && partial == nil && unknown.isEmpty }

  init(_ parameters: [IMAPParameter]) throws(SyntaxError) {
    self.init()
    for parameter in parameters {
      if parameter.name.isKeyword("CHANGEDSINCE") {
        changedSince = try parameter.number()
      } else if parameter.name.isKeyword("VANISHED"), parameter.value == nil {
        vanished = true
      } else if parameter.name.isKeyword("PARTIAL"), case .token(let token)? = parameter.value {
        partial = try ResultRange(token.bytes.span)
      } else {
        unknown.append(parameter)
      }
    }
  }

  var parameters: [IMAPParameter] {
    var parameters: [IMAPParameter] = []
    if let changedSince { parameters.append(IMAPParameter(IMAPToken(keyword: "CHANGEDSINCE"), number: changedSince)) }
    if vanished { parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: "VANISHED"))) }
    if let partial { parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: "PARTIAL"), .token(partial.token))) }
    return parameters + unknown
  }
}
