@_spi(MailCodec) public import MailWire
public import POP3Codec

extension POP3Client {
  /// Logs in: with `AUTH PLAIN` where it is offered, with `USER` and `PASS` elsewhere.
  ///
  /// - Throws: `outOfSequence` unless the session is ready and nobody is logged in, `encryptionRequired` on a channel in the
  ///   clear, `notOffered`, `badArgument` for credentials that the commands cannot carry, `tooLong` for a name or password
  ///   that makes a line longer than 255 octets, `closed`.
  public mutating func authenticate(_ credentials: Credentials) throws(MisuseError) {
    try requireReadiness()
    guard dialogue.allows(.authenticate) else { throw .outOfSequence }
    guard dialogue.isEncrypted || configuration.allowsPlaintextAuthentication else { throw .encryptionRequired }
    if capabilities.mechanisms.contains(.plain) {
      try authenticatePlain(credentials)
    } else if capabilities.contains(.user) || capabilities.all.isEmpty {
      try logIn(credentials)
    } else {
      throw .notOffered
    }
  }

  /// Logs in with `APOP`, which is never chosen by itself: MD5 is broken, and so the channel had better be encrypted.
  ///
  /// - Parameters:
  ///   - name: the mailbox.
  ///   - digest: the MD5 digest of ``timestamp`` and the password.
  /// - Throws: `outOfSequence` unless the session is ready and nobody is logged in, `notOffered` when the greeting had no
  ///   timestamp, `tooLong`, `closed`.
  public mutating func authenticate(_ name: POP3Text, digest: APOPDigest) throws(MisuseError) {
    try requireReadiness()
    guard dialogue.allows(.authenticate) else { throw .outOfSequence }
    guard timestamp != nil else { throw .notOffered }
    let command = POP3Command.digest(name, digest)
    guard command.encoded.count <= POP3Limits.commandLine else { throw .tooLong }
    dialogue.take(.authenticate)
    send(command, as: .digest)
  }

  /// `STAT`: how many messages there are, and how many octets.
  ///
  /// - Throws: `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func status() throws(MisuseError) { try request(.status) }

  /// `LIST`: the octets of each message, or of one.
  ///
  /// - Throws: `badArgument` for a number below 1, `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func list(_ message: Int? = nil) throws(MisuseError) {
    try request(.list(try optionalNumber(message)))
  }

  /// `UIDL`: the unique-id of each message, or of one.
  ///
  /// - Throws: `badArgument` for a number below 1, `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func uniqueIDs(_ message: Int? = nil) throws(MisuseError) {
    try request(.uniqueIDs(try optionalNumber(message)))
  }

  /// `RETR`: the text of a message.
  ///
  /// - Throws: `badArgument` for a number below 1, `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func retrieve(_ message: Int) throws(MisuseError) { try request(.retrieve(try number(message))) }

  /// `TOP`: the header of a message and the first lines of its body.
  ///
  /// - Throws: `badArgument` for a number below 1 or less than no lines, `outOfSequence` unless logged in, `tooMany`,
  ///   `closed`.
  public mutating func top(_ message: Int, lines: Int) throws(MisuseError) {
    guard lines >= 0 else { throw .badArgument }
    try request(.top(try number(message), lines: lines))
  }

  /// `DELE`: marks a message as deleted. It is gone behind ``quit()``.
  ///
  /// - Throws: `badArgument` for a number below 1, `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func delete(_ message: Int) throws(MisuseError) { try request(.delete(try number(message))) }

  /// `RSET`: takes all marks back.
  ///
  /// - Throws: `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func reset() throws(MisuseError) { try request(.reset) }

  /// `NOOP`: keeps the session from being logged out.
  ///
  /// - Throws: `outOfSequence` unless logged in, `tooMany`, `closed`.
  public mutating func noop() throws(MisuseError) { try request(.noop) }

  /// `QUIT`: has the marked messages removed and ends the session, behind the commands given so far.
  ///
  /// ``POP3ClientEvent/updated`` or ``POP3ClientEvent/refused(_:_:)`` follows when somebody is logged in.
  ///
  /// - Throws: `outOfSequence` before the session is ready and behind another `quit`, `closed`.
  public mutating func quit() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard isSetUp, dialogue.allows(.quit) else { throw .outOfSequence }
    dialogue.take(.quit)
    enqueue(.quit)
  }

  /// Ends the connection at once, whatever is under way. The server deletes nothing.
  public mutating func close() { core.cut(.shutdown) }

  // MARK: How

  private mutating func authenticatePlain(_ credentials: Credentials) throws(MisuseError) {
    let message = Secret(try PlainMessage.write(credentials))
    guard message.count <= PlainMessage.maximumLength else { throw .tooLong }
    dialogue.take(.authenticate)
    pendingSecret = message
    let command = POP3Command.authenticate(.plain, initialResponse: message)
    let fits = command.encoded.count <= POP3Limits.commandLine
    if configuration.sendsInitialResponse, fits {
      send(command, as: .plain(hasSentResponse: true))
    } else {
      send(.authenticate(.plain, initialResponse: nil), as: .plain(hasSentResponse: false))
    }
  }

  private mutating func logIn(_ credentials: Credentials) throws(MisuseError) {
    guard credentials.authorizationIdentity.isEmpty else { throw .notOffered }
    guard
      let name = try? POP3Text(credentials.user.span), let password = try? POP3Password(credentials.password)
    else { throw .badArgument }
    let command = POP3Command.user(name)
    let longest = max(command.encoded.count, POP3Command.password(password).encoded.count)
    guard longest <= POP3Limits.commandLine else { throw .tooLong }
    pendingSecret = credentials.password
    dialogue.take(.user)
    send(command, as: .user)
  }

  private mutating func request(_ request: Request) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard dialogue.allows(.maildrop) else { throw .outOfSequence }
    guard requests.count < configuration.limits.queuedCommands else { throw .tooMany }
    enqueue(request)
  }

  private func requireReadiness() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard isSetUp, requests.isEmpty else { throw .outOfSequence }
  }

  private func number(_ value: Int) throws(MisuseError) -> MessageNumber {
    guard let number = try? MessageNumber(value) else { throw .badArgument }
    return number
  }

  private func optionalNumber(_ value: Int?) throws(MisuseError) -> MessageNumber? {
    guard let value else { return nil }
    return try number(value)
  }
}
