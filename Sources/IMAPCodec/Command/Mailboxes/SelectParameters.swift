@_spi(MailCodec) public import MailWire

/// The parameters of `SELECT` and `EXAMINE`.
///
/// [RFC 7162 §3.1.8, §3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5),
/// [RFC 4466 §2.4](https://www.rfc-editor.org/rfc/rfc4466#section-2.4).
///
///     C: A1 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211))
public struct SelectParameters: Hashable, Sendable {
  /// `CONDSTORE`: mod-sequences are wanted.
  public let condStore: Bool
  private let resynchronising: Resynchronising
  /// Parameters that are not in this list.
  public let unknown: [IMAPParameter]

  /// No parameters, or some.
  public init(condStore: Bool = false, resynchronisation: Resynchronisation? = nil) {
    self.init(condStore, resynchronisation, [])
  }

  /// Parameters, with some that the library does not know.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown one with the name of a known one.
  public init(
    condStore: Bool = false, resynchronisation: Resynchronisation? = nil, unknown: [IMAPParameter]
  ) throws(SyntaxError) {
    try unknown.refuse { $0 == IMAPWord("condstore") || $0 == IMAPWord("qresync") }
    self.init(condStore, resynchronisation, unknown)
  }

  private init(_ condStore: Bool, _ resynchronisation: Resynchronisation?, _ unknown: [IMAPParameter]) {
    self.condStore = condStore
    resynchronising = resynchronisation.map { .with($0) } ?? .without
    self.unknown = unknown
  }

  /// `QRESYNC`, apart: few commands have it, and it is larger than all the others together.
  private indirect enum Resynchronising: Hashable, Sendable {
    case with(Resynchronisation)
    case without
  }

  /// `QRESYNC`: what the client knows of the mailbox.
  public var resynchronisation: Resynchronisation? {
    guard case .with(let state) = resynchronising else { return nil }
    return state
  }

  /// Whether there are none.
  public var isEmpty: Bool { !condStore && resynchronising == .without && unknown.isEmpty }

  /// Parses `"(" select-param *(SP select-param) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SelectParameters {
    var condStore = false
    var resynchronisation: Resynchronisation?
    var unknown: [IMAPParameter] = []
    try cursor.expect(.openParenthesis)
    repeat {
      let start = cursor.offset
      switch cursor.takeName() {
      case IMAPWord("condstore"): condStore = true
      case IMAPWord("qresync"):
        try cursor.requireSpace(&context)
        resynchronisation = try Resynchronisation.parse(&cursor, &context)
      default:
        guard unknown.count < context.limits.elements else { throw cursor.error(.tooMany) }
        cursor.offset = start
        unknown.append(try IMAPParameter.parse(&cursor, &context))
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return SelectParameters(condStore, resynchronisation, unknown)
  }

  /// Writes the parameters with a space before them, or nothing.
  func write(to writer: inout IMAPWriter) {
    guard !isEmpty else { return }
    writer.append(.space)
    var list = ParameterWriting()
    if condStore {
      list.begin(&writer)
      writer.append("CONDSTORE")
    }
    if let resynchronisation {
      list.begin(&writer)
      writer.append("QRESYNC ")
      resynchronisation.write(to: &writer)
    }
    list.end(unknown, &writer)
  }
}
