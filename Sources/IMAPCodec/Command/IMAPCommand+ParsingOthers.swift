@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// Authentication, and the extensions that are about neither messages nor mailboxes alone.
  @_lifetime(cursor: copy cursor)
  static func others(
    _ word: Keyword, _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPCommand? {
    switch (word.low, word.count) {
    case (packed("login"), 5):
      let user = try string(&cursor, &context)
      try cursor.requireSpace(&context)
      return .login(user, IMAPPassword(unchecked: try cursor.takeAString(&context).copied()))
    case (packed("authenticate"), 12) where word.hasTail("authenticate"): return try authenticate(&cursor, &context)
    case (packed("enable"), 6): return .enable(try capabilities(&cursor, &context))
    case (packed("id"), 2):
      try cursor.requireSpace(&context)
      return .id(try IDParameters.parse(&cursor, &context))
    case (packed("compress"), 8):
      try cursor.requireSpace(&context)
      return .compress(IMAPAtom(validated: ValidatedToken(try cursor.takeAtom().copied())))
    case (packed("getquota"), 8): return .getQuota(try string(&cursor, &context))
    case (packed("getquotaroot"), 12) where word.hasTail("getquotaroot"):
      return .getQuotaRoot(try mailbox(&cursor, &context))
    case (packed("setquota"), 8):
      let root = try string(&cursor, &context)
      try cursor.requireSpace(&context)
      return .setQuota(root, try QuotaLimit.parseList(&cursor, &context))
    case (packed("setacl"), 6):
      return .setACL(
        try mailbox(&cursor, &context), identifier: try string(&cursor, &context),
        rights: try string(&cursor, &context))
    case (packed("deleteacl"), 9) where word.hasTail("deleteacl"):
      return .deleteACL(try mailbox(&cursor, &context), identifier: try string(&cursor, &context))
    case (packed("getacl"), 6): return .getACL(try mailbox(&cursor, &context))
    case (packed("listrights"), 10) where word.hasTail("listrights"):
      return .listRights(try mailbox(&cursor, &context), identifier: try string(&cursor, &context))
    case (packed("myrights"), 8): return .myRights(try mailbox(&cursor, &context))
    case (packed("getmetadata"), 11) where word.hasTail("getmetadata"):
      let (name, request) = try MetadataRequest.parse(&cursor, &context)
      return .getMetadata(name, request)
    case (packed("setmetadata"), 11) where word.hasTail("setmetadata"):
      let name = try mailbox(&cursor, &context)
      try cursor.requireSpace(&context)
      return .setMetadata(name, try MetadataEntry.parseList(&cursor, &context))
    default: return nil
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
    guard !name.isEmpty else { throw cursor.fault }
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
  ) throws(SyntaxError) -> [IMAPAtom] {
    var names: [IMAPAtom] = []
    repeat {
      guard names.count < context.limits.elements else { throw cursor.error(.tooMany) }
      try cursor.requireSpace(&context)
      names.append(IMAPAtom(validated: ValidatedToken(try cursor.takeAtom().copied())))
    } while cursor.remaining > 1 && cursor.next == .space
    return names
  }
}
