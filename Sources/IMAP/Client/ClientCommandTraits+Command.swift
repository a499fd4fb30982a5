import IMAPCodec
@_spi(MailCodec) import MailWire

extension ClientCommandTraits {
  /// The traits of a command.
  init(_ command: IMAPCommand) {
    switch command {
    case .startTLS, .authenticate, .login, .enable, .compress, .unauthenticate, .logout: self = [.isAlone]
    case .select, .examine: self = [.changesMailbox, .mayExpunge]
    case .close, .unselect: self = [.changesMailbox, .needsMailbox]
    case .replace(let replaced, _, _):
      self = [.needsMailbox, .mayExpunge]
      if !replaced.isUID { insert(.usesNumbers) }
    case .check, .expunge, .uidBatches, .cancelUpdate: self = [.needsMailbox, .mayExpunge]
    case .search(let program, let isUID):
      self = Self.searching(program.keys, isUID: isUID)
      if program.returning?.options.contains(.save) == true { insert(.savesResult) }
    case .sort(let request, let isUID):
      self = Self.searching(request.keys, isUID: isUID)
      if request.returning?.options.contains(.save) == true { insert(.savesResult) }
    case .thread(let request, let isUID): self = Self.searching(request.keys, isUID: isUID)
    // EXPUNGE is forbidden only while these run by sequence numbers.
    case .fetch(let set, _, _), .store(let set, _): self = Self.naming(set, mayExpunge: set.isUID)
    case .copy(let set, _), .move(let set, _): self = Self.naming(set, mayExpunge: true)
    default: self = [.mayExpunge]
    }
    if case .expunge(let set?) = command, set.includesSavedResult { insert(.usesSavedResult) }
  }

  private static func naming(_ set: MessageSet, mayExpunge: Bool) -> Self {
    var traits: Self = mayExpunge ? [.needsMailbox, .mayExpunge] : [.needsMailbox]
    switch set {
    case .sequence(let set):
      traits.insert(.usesNumbers)
      if set.includesSavedResult { traits.insert(.usesSavedResult) }
    case .uid(let set):
      if set.includesSavedResult { traits.insert(.usesSavedResult) }
    }
    return traits
  }

  private static func searching(_ keys: [SearchKey], isUID: Bool) -> Self {
    var traits: Self = isUID ? [.needsMailbox, .mayExpunge] : [.needsMailbox]
    for key in keys { traits.formUnion(naming(key)) }
    return traits
  }

  private static func naming(_ key: SearchKey) -> Self {
    switch key {
    case .sequence(let set):
      set.includesSavedResult ? [.usesNumbers, .usesSavedResult] : [.usesNumbers]
    case .uid(let set): set.includesSavedResult ? [.usesSavedResult] : []
    case .not(let key, _), .fuzzy(let key, _): naming(key)
    case .or(let left, let right, _): naming(left).union(naming(right))
    case .and(let keys, _): keys.reduce([]) { $0.union(naming($1)) }
    // Nobody knows what an unknown key names.
    case .unknown: [.usesNumbers]
    default: []
    }
  }
}
