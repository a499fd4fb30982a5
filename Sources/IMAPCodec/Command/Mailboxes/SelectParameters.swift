import MailWire

/// The parameters of `SELECT` and `EXAMINE`.
///
/// [RFC 7162 §3.1.8, §3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5),
/// [RFC 4466 §2.4](https://www.rfc-editor.org/rfc/rfc4466#section-2.4).
///
///     C: A1 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211))
public struct SelectParameters: Hashable, Sendable {
  /// `CONDSTORE`: mod-sequences are wanted.
  public var condStore: Bool
  /// `QRESYNC`: what the client knows of the mailbox.
  public var resynchronisation: Resynchronisation?
  /// Parameters that are not in this list.
  public var unknown: [IMAPParameter]

  /// No parameters, or some.
  public init(
    condStore: Bool = false, resynchronisation: Resynchronisation? = nil, unknown: [IMAPParameter] = []
  ) {
    self.condStore = condStore
    self.resynchronisation = resynchronisation
    self.unknown = unknown
  }

  init(_ parameters: [IMAPParameter]) throws(SyntaxError) {
    self.init()
    for parameter in parameters {
      if parameter.value == nil, parameter.name.isKeyword("CONDSTORE") {
        condStore = true
      } else if parameter.name.isKeyword("QRESYNC"), case .list(let values)? = parameter.value {
        resynchronisation = try Resynchronisation(values)
      } else {
        unknown.append(parameter)
      }
    }
  }

  var parameters: [IMAPParameter] {
    var parameters: [IMAPParameter] = []
    if condStore { parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: "CONDSTORE"))) }
    if let resynchronisation {
      parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: "QRESYNC"), .list(resynchronisation.values)))
    }
    return parameters + unknown
  }
}
