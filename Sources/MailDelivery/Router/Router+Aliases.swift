public import SMTPCodec

/// A recipient after all aliases were followed.
public struct ExpandedRecipient: Hashable, Sendable {
  /// The address to deliver to.
  public var recipient: ForwardPath
  /// What to do with it; never ``Route/alias(_:)``.
  public var route: Route
}

extension Router {
  /// The recipients that one recipient stands for, each once.
  ///
  /// An alias that names itself also means its own mailbox. With more than one result, the original recipient was
  /// "expanded", and each result goes on without `NOTIFY=SUCCESS`;
  /// [RFC 3461 §5.2.7.3](https://www.rfc-editor.org/rfc/rfc3461#section-5.2.7.3).
  ///
  /// - Throws: ``RouteProblem`` with the cause `aliasLoop` for aliases that lead in a circle, deeper than
  ///   ``RouterLimits/aliasDepth`` or to more than ``RouterLimits/expandedRecipients``.
  public func expand(_ recipient: ForwardPath) throws(RouteProblem) -> [ExpandedRecipient] {
    var found: [ExpandedRecipient] = []
    var known: Set<ForwardPath> = [recipient]
    var level = [recipient]
    var depth = 0
    while !level.isEmpty {
      guard depth <= limits.aliasDepth else { throw .failed(.aliasLoop) }
      var next: [ForwardPath] = []
      for recipient in level {
        let route = route(recipient)
        guard case .alias(let targets) = route else {
          found.append(ExpandedRecipient(recipient: recipient, route: route))
          continue
        }
        for target in targets {
          if case .mailbox(let mailbox) = recipient, AliasTable.folded(mailbox) == AliasTable.folded(target) {
            found.append(ExpandedRecipient(recipient: recipient, route: routeWithoutAliases(target)))
          } else if known.insert(key(target)).inserted {
            next.append(.mailbox(target))
          }
        }
        guard found.count + next.count <= limits.expandedRecipients else { throw .failed(.aliasLoop) }
      }
      level = next
      depth += 1
    }
    // Every address led to another one.
    guard !found.isEmpty else { throw .failed(.aliasLoop) }
    return found
  }

  /// What tells recipients apart: of names that are aliases the case does not matter.
  private func key(_ mailbox: Mailbox) -> ForwardPath {
    .mailbox(aliases[mailbox] == nil ? mailbox : AliasTable.folded(mailbox))
  }

  private func routeWithoutAliases(_ mailbox: Mailbox) -> Route {
    var router = self
    router.aliases = AliasTable()
    return router.route(.mailbox(mailbox))
  }
}
