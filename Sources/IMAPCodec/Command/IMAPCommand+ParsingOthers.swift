@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// Authentication, and the extensions that are about neither messages nor mailboxes alone.
  @_lifetime(cursor: copy cursor)
  static func others(
    _ word: IMAPWord, _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) -> IMAPCommand {
    switch word {
    case IMAPWord("capability"): return .capability
    case IMAPWord("logout"): return .logout
    case IMAPWord("starttls"): return .startTLS
    case IMAPWord("namespace"): return .namespace
    case IMAPWord("idle"): return .idle
    case IMAPWord("check"): return .check
    case IMAPWord("close"): return .close
    case IMAPWord("unselect"): return .unselect
    case IMAPWord("unauthenticate"): return .unauthenticate
    case IMAPWord("login"):
      let user = try string(&cursor, &context)
      try cursor.requireSpace(&context)
      return .login(user, IMAPPassword(unchecked: try cursor.takeAString(&context).copied()))
    case IMAPWord("authenticate"): return try authenticate(&cursor, &context)
    case IMAPWord("enable"): return .enable(try capabilities(&cursor, &context))
    case IMAPWord("id"):
      try cursor.requireSpace(&context)
      return .id(try IDParameters.parse(&cursor, &context))
    case IMAPWord("compress"):
      try cursor.requireSpace(&context)
      return .compress(try IMAPAtom.parse(&cursor))
    case IMAPWord("getquota"): return .getQuota(try string(&cursor, &context))
    case IMAPWord("getquotaroot"):
      return .getQuotaRoot(try mailbox(&cursor, &context))
    case IMAPWord("setquota"):
      let root = try string(&cursor, &context)
      try cursor.requireSpace(&context)
      return .setQuota(root, try QuotaLimit.parseList(&cursor, &context))
    case IMAPWord("setacl"):
      return .setACL(
        try mailbox(&cursor, &context), identifier: try string(&cursor, &context),
        rights: try string(&cursor, &context))
    case IMAPWord("deleteacl"):
      return .deleteACL(try mailbox(&cursor, &context), identifier: try string(&cursor, &context))
    case IMAPWord("getacl"): return .getACL(try mailbox(&cursor, &context))
    case IMAPWord("listrights"):
      return .listRights(try mailbox(&cursor, &context), identifier: try string(&cursor, &context))
    case IMAPWord("myrights"): return .myRights(try mailbox(&cursor, &context))
    case IMAPWord("getmetadata"):
      let (name, request) = try MetadataRequest.parse(&cursor, &context)
      return .getMetadata(name, request)
    case IMAPWord("setmetadata"):
      let name = try mailbox(&cursor, &context)
      try cursor.requireSpace(&context)
      return .setMetadata(name, OneOrMore(unchecked: try MetadataEntry.parseList(&cursor, &context)))
    case IMAPWord("notify"): return .notify(try NotifyRequest.parse(&cursor, &context))
    case IMAPWord("esearch"): return .searchMailboxes(try MailboxesSearch.parse(&cursor, &context))
    case IMAPWord("cancelupdate"):
      return .cancelUpdate(try tags(&cursor, &context))
    case IMAPWord("uidbatches"): return .uidBatches(try UIDBatchesRequest.parse(&cursor, &context))
    case IMAPWord("language"): return .language(try strings(&cursor, &context))
    case IMAPWord("comparator"): return .comparator(try strings(&cursor, &context))
    case IMAPWord("genurlauth"): return .generateURLAuth(try urlAuthRequests(&cursor, &context))
    case IMAPWord("resetkey"): return .resetKey(try keyReset(&cursor, &context))
    case IMAPWord("urlfetch"): return .fetchURLs(try urlFetchItems(&cursor, &context))
    case IMAPWord("getjmapaccess"): return .getJMAPAccess
    default: return try unknown(&cursor, &context, from: start)
    }
  }

  /// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `"AUTHENTICATE" SP auth-type [SP initial-resp]`.
  @_lifetime(cursor: copy cursor)
  private static func authenticate(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPCommand {
    try cursor.requireSpace(&context)
    let start = cursor.offset
    let name = cursor.take { SASLMechanism.allows($0, at: 0) }
    guard !name.isEmpty else { throw cursor.unexpected }
    guard name.count <= SASLMechanism.maximumLength else { throw SyntaxError(.badToken, at: start) }
    let mechanism = SASLMechanism(validated: ValidatedToken(name.copied()))
    guard cursor.remaining > 1, cursor.skip(.space) else { return .authenticate(mechanism, initialResponse: nil) }
    let offset = cursor.offset
    let base64 = cursor.take { $0.isASCIIGraphic }
    if base64.count == 1, base64[0] == 61 { return .authenticate(mechanism, initialResponse: Secret([])) }
    do throws(SyntaxError) {
      return .authenticate(mechanism, initialResponse: Secret(try Base64.decode(base64)))
    } catch {
      throw SyntaxError(error.code, at: offset + error.offset)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func capabilities(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> OneOrMore<IMAPAtom> {
    var names: [IMAPAtom] = []
    repeat {
      guard names.count < context.limits.elements else { throw cursor.error(.tooMany) }
      try cursor.requireSpace(&context)
      names.append(try IMAPAtom.parse(&cursor))
    } while cursor.remaining > 1 && cursor.next == .space
    return OneOrMore(unchecked: names)
  }
}
