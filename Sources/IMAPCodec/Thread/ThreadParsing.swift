@_spi(MailCodec) import MailWire

/// A list of a thread that is being read.
private struct ThreadList {
  /// The depth of its next message.
  var depth: Int
  /// How many messages it has, a missing one included.
  var count = 0
  /// How many lists are in it.
  var lists = 0
  /// The index of the parent that is missing, if one is.
  var missingParent: Int?
}

extension LayoutBuilder {
  /// `[SP 1*thread-list]`: one loop over parentheses and numbers. A list that is open is an entry of a stack, so that no
  /// nesting costs more than a few times its octets.
  @_lifetime(cursor: copy cursor)
  mutating func thread(_ cursor: inout ByteCursor) throws(SyntaxError) -> ThreadResponse {
    // `limits.elements` is for lists whose elements cost more than a few octets each; a result may name every message.
    var nodes: [ThreadResponse.Node] = []
    guard try isMoreOnLine(&cursor) else { return ThreadResponse(checked: nodes) }
    var open: [ThreadList] = []
    var hasNeedlessParents = false
    repeat {
      try begin(&cursor, &nodes, &open)
      while let list = open.last {
        switch cursor.next {
        case .openParenthesis:
          if list.count > 0, list.lists == 0, !context.accepts(.missingSpace) { throw cursor.unexpected }
          try begin(&cursor, &nodes, &open)
        case .closeParenthesis:
          guard list.count > 0 else { throw cursor.unexpected }
          if list.lists == 1 {
            guard context.accepts(.needlessThreadList) else { throw cursor.unexpected }
            if let parent = list.missingParent {
              nodes[parent] = ThreadResponse.Node(0, depth: nodes[parent].depth)
              hasNeedlessParents = true
            }
          }
          cursor.offset &+= 1
          open.removeLast()
        default:
          guard list.lists == 0 else { throw cursor.unexpected }
          if list.count > 0 { try space(&cursor) }
          if list.count > 0, cursor.next == .openParenthesis {
            try begin(&cursor, &nodes, &open)
            continue
          }
          guard let number = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
          nodes.append(ThreadResponse.Node(number, depth: list.depth))
          open[open.count &- 1].depth &+= 1
          open[open.count &- 1].count &+= 1
        }
      }
    } while cursor.next == .openParenthesis
    return ThreadResponse(checked: hasNeedlessParents ? Self.withoutNeedlessParents(nodes) : nodes)
  }

  /// An opening parenthesis. A list that begins with a list has a parent that is missing.
  @_lifetime(cursor: copy cursor)
  private mutating func begin(
    _ cursor: inout ByteCursor, _ nodes: inout [ThreadResponse.Node], _ open: inout [ThreadList]
  ) throws(SyntaxError) {
    try cursor.expect(.openParenthesis)
    guard var parent = open.popLast() else { return open.append(ThreadList(depth: 0)) }
    if parent.count == 0 {
      parent.missingParent = nodes.count
      nodes.append(ThreadResponse.Node(nil, depth: parent.depth))
      parent.depth &+= 1
      parent.count = 1
    }
    parent.lists &+= 1
    open.append(parent)
    open.append(ThreadList(depth: parent.depth))
  }

  /// The messages without the parents that were marked by the number zero; what is below them moves up.
  private static func withoutNeedlessParents(_ nodes: [ThreadResponse.Node]) -> [ThreadResponse.Node] {
    var kept: [ThreadResponse.Node] = []
    // The depths of the marked parents around the current message.
    var marked: [Int] = []
    for node in nodes {
      while let depth = marked.last, depth >= node.depth { marked.removeLast() }
      guard node.number != 0 else {
        marked.append(node.depth)
        continue
      }
      kept.append(ThreadResponse.Node(node.number, depth: node.depth &- marked.count))
    }
    return kept
  }
}
