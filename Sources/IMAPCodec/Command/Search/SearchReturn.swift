@_spi(MailCodec) import MailWire

/// What `SEARCH` and `SORT` shall return.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4),
/// [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267), [RFC 9394](https://www.rfc-editor.org/rfc/rfc9394). Without any
/// option, the server returns `ALL`.
///
///     C: A1 SEARCH RETURN (MIN COUNT) UNDELETED
public struct SearchReturn: Hashable, Sendable {
  /// The options without arguments.
  @frozen
  public struct Options: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16

    /// A set from its bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `MIN`: the lowest number.
    public static var minimum: Options { Options(rawValue: 1) }
    /// `MAX`: the highest number.
    public static var maximum: Options { Options(rawValue: 2) }
    /// `ALL`: all numbers.
    public static var all: Options { Options(rawValue: 4) }
    /// `COUNT`: how many there are.
    public static var count: Options { Options(rawValue: 8) }
    /// `SAVE`: `$` stands for the result afterwards, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
    public static var save: Options { Options(rawValue: 16) }
    /// `UPDATE`: later changes of the result are told, [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267).
    public static var update: Options { Options(rawValue: 32) }
    /// `CONTEXT`: more searches like this will follow, [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267).
    public static var context: Options { Options(rawValue: 64) }
    /// `RELEVANCY`: how well each message fits, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
    public static var relevancy: Options { Options(rawValue: 128) }
  }

  /// The options without arguments.
  public var options: Options
  /// `PARTIAL`: this window of the result.
  public var partial: ResultRange?
  /// Options that are not in this list.
  public var unknown: [IMAPParameter]

  /// Options.
  public init(_ options: Options = [], partial: ResultRange? = nil, unknown: [IMAPParameter] = []) {
    self.options = options
    self.partial = partial
    self.unknown = unknown
  }

  init(_ parameters: [IMAPParameter]) throws(SyntaxError) {
    self.init()
    for parameter in parameters {
      if parameter.value == nil, let (option, _) = Self.names.first(where: { parameter.name.isKeyword($0.1) }) {
        options.insert(option)
      } else if parameter.name.isKeyword("PARTIAL"), case .token(let token)? = parameter.value {
        partial = try ResultRange(token.bytes.span)
      } else {
        unknown.append(parameter)
      }
    }
  }

  var parameters: [IMAPParameter] {
    var parameters: [IMAPParameter] = []
    for (option, name) in Self.names where options.contains(option) {
      parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: name)))
    }
    if let partial {
      parameters.append(IMAPParameter(unchecked: IMAPToken(keyword: "PARTIAL"), .token(partial.token)))
    }
    return parameters + unknown
  }

  private static let names: [(Options, StaticString)] = [
    (.minimum, "MIN"), (.maximum, "MAX"), (.all, "ALL"), (.count, "COUNT"), (.save, "SAVE"), (.update, "UPDATE"),
    (.context, "CONTEXT"), (.relevancy, "RELEVANCY")
  ]
}
