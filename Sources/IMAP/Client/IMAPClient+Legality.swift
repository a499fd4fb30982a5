@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPClient {
  /// Whether a state has the command.
  ///
  /// [RFC 9051 §6](https://www.rfc-editor.org/rfc/rfc9051#section-6)
  static func allows(_ command: IMAPCommand, in state: State) -> Bool {
    switch command {
    case .capability, .noop, .logout, .id, .language, .unknown: return state != .connecting && state != .loggedOut
    case .startTLS, .authenticate, .login: return state == .notAuthenticated
    case .enable: return state == .authenticated
    default:
      let needsMailbox = ClientCommandTraits(command).contains(.needsMailbox)
      return state == .selected || (state == .authenticated && !needsMailbox)
    }
  }

  /// Refuses what the server would not understand, or must not hear.
  func requireOffer(of command: IMAPCommand) throws(MisuseError) {
    switch command {
    case .startTLS:
      guard !core.isEncrypted else { throw .outOfSequence }
      try require("STARTTLS")
    case .login:
      try requireConfidentiality()
      if capabilities.has("LOGINDISABLED") { throw .notOffered }
    case .authenticate: try requireConfidentiality()
    case .compress: throw .notOffered
    case .idle: try require("IDLE", orRevision2: true)
    case .enable: try require("ENABLE", orRevision2: true)
    case .unselect: try require("UNSELECT", orRevision2: true)
    case .move: try require("MOVE", orRevision2: true)
    case .id: try require("ID")
    case .unauthenticate: try require("UNAUTHENTICATE")
    case .append(_, let message): try requireLiteral(of: message)
    case .replace(_, _, let message):
      try require("REPLACE")
      try requireLiteral(of: message)
    default: break
    }
    if ClientCommandTraits(command).contains(.usesNumbers), isEnabled("UIDONLY") { throw .notOffered }
  }

  func requireLiteral(of message: AppendMessage) throws(MisuseError) {
    switch message.source {
    case .literal(let content), .catenate(_, let content):
      if content.isBinary, !isEnabled("UTF8=ACCEPT") { try require("BINARY", orRevision2: true) }
    case .utf8: guard isEnabled("UTF8=ACCEPT") else { throw .notOffered }
    case .catenateURLs: break
    }
    if let size = message.announcedContent?.size, let limit = capabilities.appendLimit, size > limit { throw .tooLong }
    switch message.source {
    case .literal, .utf8: break
    case .catenate, .catenateURLs: try require("CATENATE")
    }
  }

  /// What is not known to be missing may be there; and behind a login that is on its way, other things may be offered.
  func require(_ name: StaticString, orRevision2: Bool = false) throws(MisuseError) {
    guard (state == .notAuthenticated) == (expectedState == .notAuthenticated) else { return }
    guard capabilities.isEmpty || capabilities.has(name, orRevision2: orRevision2) else { throw .notOffered }
  }

  private func requireConfidentiality() throws(MisuseError) {
    guard core.isEncrypted || configuration.allowsPlaintextAuthentication else { throw .encryptionRequired }
  }

  /// Whether the server has said that an extension is in force.
  func isEnabled(_ name: StaticString) -> Bool {
    let name = StaticName(name)
    return enabled.contains { name.matches($0.bytes) }
  }

  /// How strings and literals may be written now.
  var encoding: IMAPEncoding {
    var encoding = IMAPEncoding(acceptsUTF8: isEnabled("UTF8=ACCEPT") || isEnabled("IMAP4rev2"))
    guard configuration.usesNonSynchronisingLiterals else { return encoding }
    if capabilities.has("LITERAL+") {
      encoding.literals = .nonSynchronising
    } else if capabilities.has("LITERAL-", orRevision2: true) {
      encoding.literals = .upTo4096
    }
    return encoding
  }
}

extension ClientCommand.Role {
  init(_ command: IMAPCommand) {
    switch command {
    case .capability: self = .capability
    case .startTLS: self = .startTLS
    case .authenticate, .login: self = .authenticate
    case .enable: self = .enable
    case .select(let name, _): self = .select(name, isReadOnly: false)
    case .examine(let name, _): self = .select(name, isReadOnly: true)
    case .close, .unselect: self = .deselect
    case .unauthenticate: self = .unauthenticate
    case .idle: self = .idle
    case .logout: self = .logout
    default: self = .other
    }
  }

  /// The state behind a command that succeeds.
  func state(behind state: IMAPClient.State) -> IMAPClient.State {
    switch self {
    case .authenticate, .deselect: .authenticated
    case .select: .selected
    case .unauthenticate: .notAuthenticated
    case .logout: .loggedOut
    case .capability, .startTLS, .enable, .idle, .other: state
    }
  }
}
