@_spi(MailCodec) public import MailWire

/// What a server offers in its reply to `EHLO`, unknown keywords included.
///
/// [RFC 5321 §4.1.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1).
///
///     S: 250-mail.website.test
///     S: 250-SIZE 26214400
///     S: 250 AUTH PLAIN LOGIN
public struct SMTPCapabilities: Hashable, Sendable {
  /// One line of the reply.
  public struct Entry: Hashable, Sendable {
    /// The extension.
    public let keyword: EHLOKeyword
    /// What follows the keyword's space, as it was read.
    public let parameters: [UInt8]

    /// An entry; nil when the parameters hold anything but printable ASCII.
    public init?(_ keyword: EHLOKeyword, parameters: [UInt8] = []) {
      for byte in parameters where !byte.isASCIIPrintable { return nil }
      self.keyword = keyword
      self.parameters = parameters
    }

    init(_ keyword: EHLOKeyword, unchecked parameters: [UInt8] = []) {
      self.keyword = keyword
      self.parameters = parameters
    }
  }

  /// The lines behind the first, in their order. Lines that do not begin with a keyword are not among them.
  public private(set) var entries: [Entry] = []
  /// The extensions that have a property here.
  private var known: Known = []
  /// The largest message the server takes, in octets, as `SIZE` says; nil when it does not say, or says 0 for "no limit".
  /// [RFC 1870 §4](https://www.rfc-editor.org/rfc/rfc1870#section-4).
  public private(set) var maximumMessageSize: UInt64?
  /// The mechanisms of `AUTH`, in the server's order.
  public private(set) var mechanisms: [SASLMechanism] = []

  private struct Known: OptionSet, Hashable {
    let rawValue: UInt8
    static let pipelining = Known(rawValue: 1)
    static let size = Known(rawValue: 2)
    static let eightBitMIME = Known(rawValue: 4)
    static let enhancedStatusCodes = Known(rawValue: 8)
    static let startTLS = Known(rawValue: 16)
  }

  /// What a server offers that answered `HELO` only: nothing.
  public init() {}

  /// The capabilities in a reply to `EHLO`.
  public init(_ reply: SMTPReply, quirks: SMTPQuirks = .client) {
    for line in reply.lines.dropFirst() { add(line: line.span, quirks) }
  }

  /// The capabilities of these entries.
  public init(_ entries: [Entry]) {
    for entry in entries { add(entry) }
  }

  /// Whether the server offers an extension.
  public func offers(_ keyword: EHLOKeyword) -> Bool { entries.contains { $0.keyword == keyword } }

  /// Whether commands may be sent without waiting for each reply.
  public var offersPipelining: Bool { known.contains(.pipelining) }
  /// Whether `MAIL` may declare the message's size.
  public var offersSize: Bool { known.contains(.size) }
  /// Whether messages may hold octets above 127.
  public var offersEightBitMIME: Bool { known.contains(.eightBitMIME) }
  /// Whether replies carry enhanced status codes.
  public var offersEnhancedStatusCodes: Bool { known.contains(.enhancedStatusCodes) }
  /// Whether the session can be encrypted.
  public var offersStartTLS: Bool { known.contains(.startTLS) }

  private mutating func add(line: Span<UInt8>, _ quirks: SMTPQuirks) {
    var cursor = ByteCursor(line)
    let name = cursor.take { byte in byte.isASCIILetterOrDigit || byte == 45 }
    guard !name.isEmpty, name[0] != 45, name.count <= EHLOKeyword.maximumLength else { return }
    let isSeparated = cursor.isAtEnd || cursor.skip(.space) || (quirks.contains(.equalsAfterKeyword) && cursor.skip(61))
    guard isSeparated else { return }
    add(Entry(EHLOKeyword(validated: ValidatedToken(name.copied())), unchecked: cursor.takeRest().copied()))
  }

  private mutating func add(_ entry: Entry) {
    entries.append(entry)
    switch entry.keyword {
    case .pipelining: known.insert(.pipelining)
    case .eightBitMIME: known.insert(.eightBitMIME)
    case .enhancedStatusCodes: known.insert(.enhancedStatusCodes)
    case .startTLS: known.insert(.startTLS)
    case .size:
      known.insert(.size)
      var cursor = ByteCursor(entry.parameters.span)
      if let octets = cursor.takeNumber(), octets > 0 { maximumMessageSize = octets }
    case .auth:
      addMechanisms(entry.parameters.span)
    default:
      break
    }
  }

  /// Some servers list the mechanisms twice, in the present form and an older one: each counts once.
  private mutating func addMechanisms(_ list: Span<UInt8>) {
    var cursor = ByteCursor(list)
    while !cursor.isAtEnd {
      let name = cursor.take { $0 != .space }
      if let mechanism = try? SASLMechanism(name), !mechanisms.contains(mechanism) { mechanisms.append(mechanism) }
      _ = cursor.skipAll(.space)
    }
  }
}
