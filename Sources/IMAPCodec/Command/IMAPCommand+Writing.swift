@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// Writes the command and its CRLF; a command that streams a message up to its literal's header.
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .capability: writer.append("CAPABILITY")
    case .noop: writer.append("NOOP")
    case .logout: writer.append("LOGOUT")
    case .startTLS: writer.append("STARTTLS")
    case .namespace: writer.append("NAMESPACE")
    case .idle: writer.append("IDLE")
    case .check: writer.append("CHECK")
    case .close: writer.append("CLOSE")
    case .unselect: writer.append("UNSELECT")
    case .unauthenticate: writer.append("UNAUTHENTICATE")
    case .delete(let name): writer.write("DELETE", name)
    case .subscribe(let name): writer.write("SUBSCRIBE", name)
    case .unsubscribe(let name): writer.write("UNSUBSCRIBE", name)
    case .getQuotaRoot(let name): writer.write("GETQUOTAROOT", name)
    case .getACL(let name): writer.write("GETACL", name)
    case .myRights(let name): writer.write("MYRIGHTS", name)
    case .id(let parameters):
      writer.append("ID ")
      parameters.write(to: &writer)
    case .authenticate(let mechanism, let initialResponse): Self.write(mechanism, initialResponse, to: &writer)
    case .login(let user, let password):
      writer.write("LOGIN", user)
      writer.append(.space)
      password.secret.withBytes { writer.writeAString($0) }
    case .enable(let names):
      writer.append("ENABLE")
      for name in names.elements { writer.write(name) }
    case .select(let name, let parameters):
      writer.write("SELECT", name)
      parameters.write(to: &writer)
    case .examine(let name, let parameters):
      writer.write("EXAMINE", name)
      parameters.write(to: &writer)
    case .create(let name, let parameters): writer.write("CREATE", name, parameters)
    case .rename(let old, let new):
      writer.write("RENAME", old)
      writer.append(.space)
      new.write(to: &writer)
    case .list(let request):
      writer.append("LIST")
      request.write(to: &writer)
    case .listSubscribed(let reference, let pattern): writer.write("LSUB", reference, pattern)
    case .listSpecial(let reference, let pattern): writer.write("XLIST", reference, pattern)
    case .status(let name, let items):
      writer.write("STATUS", name)
      writer.append(.space)
      items.write(to: &writer)
    case .append(let name, let message):
      writer.write("APPEND", name)
      return Self.write(message, to: &writer)
    case .replace(let replaced, let name, let message):
      if replaced.isUID { writer.append("UID ") }
      writer.append("REPLACE ")
      replaced.write(to: &writer)
      writer.append(.space)
      name.write(to: &writer)
      return Self.write(message, to: &writer)
    case .expunge(let set):
      if let set { writer.write("EXPUNGE", .uid(set)) } else { writer.append("EXPUNGE") }
    case .search(let program, let isUID):
      writer.append(isUID ? "UID SEARCH" : "SEARCH")
      program.write(to: &writer)
    case .sort(let request, let isUID):
      writer.append(isUID ? "UID SORT" : "SORT")
      SearchReturn.write(request.returning, to: &writer)
      writer.append(.space)
      writer.writeList(request.criteria.elements) { criterion, writer in criterion.write(to: &writer) }
      writer.append(.space)
      request.charset.write(to: &writer)
      SearchKey.write(request.keys, to: &writer)
    case .thread(let request, let isUID):
      writer.append(isUID ? "UID THREAD" : "THREAD")
      writer.write(request.algorithm)
      writer.append(.space)
      request.charset.write(to: &writer)
      SearchKey.write(request.keys, to: &writer)
    case .fetch(let set, let items, let modifiers):
      writer.write("FETCH", set)
      writer.append(.space)
      items.write(to: &writer)
      modifiers.write(to: &writer)
    case .store(let set, let request):
      writer.write("STORE", set)
      request.write(to: &writer)
    case .copy(let set, let name):
      writer.write("COPY", set)
      writer.append(.space)
      name.write(to: &writer)
    case .move(let set, let name):
      writer.write("MOVE", set)
      writer.append(.space)
      name.write(to: &writer)
    case .compress(let algorithm):
      writer.append("COMPRESS")
      writer.write(algorithm)
    case .getQuota(let root): writer.write("GETQUOTA", root)
    case .setQuota(let root, let limits):
      writer.write("SETQUOTA", root)
      writer.append(.space)
      writer.writeList(limits) { limit, writer in limit.write(to: &writer) }
    case .setACL(let name, let identifier, let rights):
      writer.write("SETACL", name)
      writer.append(.space)
      identifier.write(to: &writer)
      writer.append(.space)
      rights.write(to: &writer)
    case .deleteACL(let name, let identifier):
      writer.write("DELETEACL", name)
      writer.append(.space)
      identifier.write(to: &writer)
    case .listRights(let name, let identifier):
      writer.write("LISTRIGHTS", name)
      writer.append(.space)
      identifier.write(to: &writer)
    case .getMetadata(let name, let request):
      writer.append("GETMETADATA")
      request.write(to: &writer, name)
    case .setMetadata(let name, let entries):
      writer.write("SETMETADATA", name)
      writer.append(.space)
      writer.writeList(entries.elements) { entry, writer in entry.write(to: &writer) }
    case .listRemote(let reference, let pattern): writer.write("RLIST", reference, pattern)
    case .listRemoteSubscribed(let reference, let pattern): writer.write("RLSUB", reference, pattern)
    case .getJMAPAccess: writer.append("GETJMAPACCESS")
    case .notify(let request):
      writer.append("NOTIFY")
      request.write(to: &writer)
    case .searchMailboxes(let search):
      writer.append("ESEARCH")
      search.write(to: &writer)
    case .uidBatches(let request):
      writer.append("UIDBATCHES")
      request.write(to: &writer)
    case .cancelUpdate(let tags):
      writer.append("CANCELUPDATE")
      writer.writeEach(tags.elements) { tag, writer in
        let bytes = tag.bytes
        writer.writeString(bytes.span)
      }
    case .language(let ranges):
      writer.append("LANGUAGE")
      writer.writeEach(ranges) { range, writer in range.write(to: &writer) }
    case .comparator(let collations):
      writer.append("COMPARATOR")
      writer.writeEach(collations) { collation, writer in collation.write(to: &writer) }
    case .generateURLAuth(let requests):
      writer.append("GENURLAUTH")
      writer.writeEach(requests.elements) { request, writer in
        request.url.write(to: &writer)
        writer.write(request.mechanism)
      }
    case .resetKey(let reset):
      writer.append("RESETKEY")
      guard let reset else { break }
      writer.append(.space)
      reset.mailbox.write(to: &writer)
      for mechanism in reset.mechanisms { writer.write(mechanism) }
    case .fetchURLs(let items):
      writer.append("URLFETCH")
      writer.writeEach(items.elements) { item, writer in item.write(to: &writer) }
    case .unknown(let name, let values, _):
      writer.append(name.bytes)
      writer.writeEach(values) { value, writer in value.write(to: &writer) }
    }
    writer.appendLineEnd()
  }

  private static func write(_ message: AppendMessage, to writer: inout IMAPWriter) { message.write(to: &writer) }

  private static func write(_ mechanism: SASLMechanism, _ response: Secret?, to writer: inout IMAPWriter) {
    writer.append("AUTHENTICATE ")
    writer.append(mechanism.bytes)
    guard let response else { return }
    writer.append(.space)
    response.withBytes { bytes in
      if bytes.isEmpty { writer.append(61) } else { writer.append(Base64.encode(bytes)) }
    }
  }
}

extension IMAPWriter {
  fileprivate mutating func write(_ command: StaticString, _ name: MailboxName, _ parameters: [IMAPParameter] = []) {
    append(command)
    append(.space)
    name.write(to: &self)
    write(parameters)
  }

  fileprivate mutating func write(_ command: StaticString, _ reference: MailboxName, _ pattern: MailboxPattern) {
    write(command, reference)
    append(.space)
    pattern.write(to: &self)
  }

  /// Elements with a space before each.
  fileprivate mutating func writeEach<Element>(
    _ elements: [Element], _ write: (Element, inout IMAPWriter) -> Void
  ) {
    for element in elements {
      append(.space)
      write(element, &self)
    }
  }

  fileprivate mutating func write(_ command: StaticString, _ string: IMAPString) {
    append(command)
    append(.space)
    string.write(to: &self)
  }

  fileprivate mutating func write(_ command: StaticString, _ set: MessageSet) {
    if set.isUID { append("UID ") }
    append(command)
    append(.space)
    set.write(to: &self)
  }

  fileprivate mutating func write(_ token: IMAPAtom) {
    append(.space)
    append(token.bytes)
  }

  fileprivate mutating func write(_ parameters: [IMAPParameter]) {
    guard !parameters.isEmpty else { return }
    append(.space)
    writeList(parameters) { parameter, writer in parameter.write(to: &writer) }
  }
}
