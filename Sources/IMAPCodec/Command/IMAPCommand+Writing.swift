@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// Writes the command and its CRLF; a command that streams a message up to its literal's header.
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .capability: writer.output.append("CAPABILITY")
    case .noop: writer.output.append("NOOP")
    case .logout: writer.output.append("LOGOUT")
    case .startTLS: writer.output.append("STARTTLS")
    case .namespace: writer.output.append("NAMESPACE")
    case .idle: writer.output.append("IDLE")
    case .check: writer.output.append("CHECK")
    case .close: writer.output.append("CLOSE")
    case .unselect: writer.output.append("UNSELECT")
    case .unauthenticate: writer.output.append("UNAUTHENTICATE")
    case .delete(let name): writer.write("DELETE", name)
    case .subscribe(let name): writer.write("SUBSCRIBE", name)
    case .unsubscribe(let name): writer.write("UNSUBSCRIBE", name)
    case .getQuotaRoot(let name): writer.write("GETQUOTAROOT", name)
    case .getACL(let name): writer.write("GETACL", name)
    case .myRights(let name): writer.write("MYRIGHTS", name)
    case .id(let parameters):
      writer.output.append("ID ")
      parameters.write(to: &writer)
    case .authenticate(let mechanism, let initialResponse): Self.write(mechanism, initialResponse, to: &writer)
    case .login(let user, let password):
      writer.write("LOGIN", user)
      writer.output.append(.space)
      password.secret.withBytes { writer.writeAString($0) }
    case .enable(let names):
      writer.output.append("ENABLE")
      for name in names.isEmpty ? [IMAPAtom.imap4rev2] : names { writer.write(name) }
    case .select(let name, let parameters): writer.write("SELECT", name, parameters.parameters)
    case .examine(let name, let parameters): writer.write("EXAMINE", name, parameters.parameters)
    case .create(let name, let parameters): writer.write("CREATE", name, parameters)
    case .rename(let old, let new):
      writer.write("RENAME", old)
      writer.output.append(.space)
      new.write(to: &writer)
    case .list(let request):
      writer.output.append("LIST")
      request.write(to: &writer)
    case .listSubscribed(let reference, let pattern):
      writer.write("LSUB", reference)
      writer.output.append(.space)
      pattern.write(to: &writer)
    case .listSpecial(let reference, let pattern):
      writer.write("XLIST", reference)
      writer.output.append(.space)
      pattern.write(to: &writer)
    case .status(let name, let items):
      writer.write("STATUS", name)
      writer.output.append(.space)
      items.write(to: &writer.output)
    case .append(let name, let message):
      writer.write("APPEND", name)
      return Self.write(message, to: &writer)
    case .replace(let set, let name, let message):
      writer.write("REPLACE", set)
      writer.output.append(.space)
      name.write(to: &writer)
      return Self.write(message, to: &writer)
    case .expunge(let set):
      if let set { writer.write("EXPUNGE", .uid(set)) } else { writer.output.append("EXPUNGE") }
    case .search(let program, let isUID):
      writer.output.append(isUID ? "UID SEARCH" : "SEARCH")
      program.write(to: &writer)
    case .sort(let criteria, let program, let isUID):
      writer.output.append(isUID ? "UID SORT" : "SORT")
      Self.write(criteria, program, to: &writer)
    case .thread(let algorithm, let program, let isUID):
      writer.output.append(isUID ? "UID THREAD" : "THREAD")
      writer.write(algorithm)
      Self.writeCharsetAndKeys(program, to: &writer)
    case .fetch(let set, let items, let modifiers):
      writer.write("FETCH", set)
      writer.output.append(.space)
      items.write(to: &writer)
      writer.write(modifiers.parameters)
    case .store(let set, let request):
      writer.write("STORE", set)
      request.write(to: &writer)
    case .copy(let set, let name):
      writer.write("COPY", set)
      writer.output.append(.space)
      name.write(to: &writer)
    case .move(let set, let name):
      writer.write("MOVE", set)
      writer.output.append(.space)
      name.write(to: &writer)
    case .compress(let algorithm):
      writer.output.append("COMPRESS")
      writer.write(algorithm)
    case .getQuota(let root): writer.write("GETQUOTA", root)
    case .setQuota(let root, let limits):
      writer.write("SETQUOTA", root)
      writer.output.append(.space)
      writer.writeList(limits) { limit, writer in limit.write(to: &writer) }
    case .setACL(let name, let identifier, let rights):
      writer.write("SETACL", name)
      writer.output.append(.space)
      identifier.write(to: &writer)
      writer.output.append(.space)
      rights.write(to: &writer)
    case .deleteACL(let name, let identifier):
      writer.write("DELETEACL", name)
      writer.output.append(.space)
      identifier.write(to: &writer)
    case .listRights(let name, let identifier):
      writer.write("LISTRIGHTS", name)
      writer.output.append(.space)
      identifier.write(to: &writer)
    case .getMetadata(let name, let request):
      writer.output.append("GETMETADATA")
      request.write(to: &writer, name)
    case .setMetadata(let name, let entries):
      writer.write("SETMETADATA", name)
      writer.output.append(.space)
      writer.writeList(entries) { entry, writer in entry.write(to: &writer) }
    case .unknown(let name, let values):
      writer.output.append(name.bytes)
      for value in values {
        writer.output.append(.space)
        value.write(to: &writer)
      }
    }
    writer.output.appendLineEnd()
  }

  private static func write(_ message: AppendMessage, to writer: inout IMAPWriter) { message.write(to: &writer) }

  private static func write(_ mechanism: SASLMechanism, _ response: Secret?, to writer: inout IMAPWriter) {
    writer.output.append("AUTHENTICATE ")
    writer.output.append(mechanism.bytes)
    guard let response else { return }
    writer.output.append(.space)
    response.withBytes { bytes in
      if bytes.isEmpty { writer.output.append(61) } else { writer.output.append(Base64.encode(bytes)) }
    }
  }

  private static func write(_ criteria: [SortCriterion], _ program: SearchProgram, to writer: inout IMAPWriter) {
    program.writeReturn(to: &writer)
    writer.output.append(.space)
    writer.writeList(criteria.isEmpty ? [SortCriterion(.arrival)] : criteria) { criterion, writer in
      criterion.write(to: &writer)
    }
    writeCharsetAndKeys(program, to: &writer)
  }

  private static func writeCharsetAndKeys(_ program: SearchProgram, to writer: inout IMAPWriter) {
    writer.output.append(.space)
    if let charset = program.charset { charset.write(to: &writer) } else { writer.output.append("US-ASCII") }
    program.writeKeys(to: &writer)
  }
}

extension IMAPWriter {
  fileprivate mutating func write(_ command: StaticString, _ name: MailboxName, _ parameters: [IMAPParameter] = []) {
    output.append(command)
    output.append(.space)
    name.write(to: &self)
    write(parameters)
  }

  fileprivate mutating func write(_ command: StaticString, _ string: IMAPString) {
    output.append(command)
    output.append(.space)
    string.write(to: &self)
  }

  fileprivate mutating func write(_ command: StaticString, _ set: MessageSet) {
    if set.isUID { output.append("UID ") }
    output.append(command)
    output.append(.space)
    set.write(to: &output)
  }

  fileprivate mutating func write(_ token: IMAPAtom) {
    output.append(.space)
    output.append(token.bytes)
  }

  fileprivate mutating func write(_ parameters: [IMAPParameter]) {
    guard !parameters.isEmpty else { return }
    output.append(.space)
    writeList(parameters) { parameter, writer in parameter.write(to: &writer) }
  }
}
