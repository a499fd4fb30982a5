@_spi(MailCodec) public import MailWire

/// What `THREAD` found: conversations, as one list of messages each of which knows its depth.
///
/// [RFC 5256 §4](https://www.rfc-editor.org/rfc/rfc5256#section-4). A parent stands before its replies, so that the list can
/// be shown as it is, and no depth needs a stack: a conversation of a million replies is a list of a million elements.
///
///     S: * THREAD (2)(3 6 (4 23)(44 7 96))
///
/// is 2 at depth 0; 3 at 0, 6 at 1, 4 at 2, 23 at 3, 44 at 2, 7 at 3, 96 at 4.
public struct ThreadResponse: Hashable, Sendable {
  /// A message in its place.
  public struct Node: Hashable, Sendable {
    /// Its sequence number, or its UID in answer to `UID THREAD`; nil for a parent that is missing, whose replies are known.
    public let number: UInt32?
    /// How many parents it has.
    public let depth: Int

    /// A message in its place.
    public init(_ number: UInt32?, depth: Int) {
      self.number = number
      self.depth = depth
    }
  }

  /// The messages, each before its replies.
  public let nodes: [Node]

  /// Conversations.
  ///
  /// - Throws: ``SyntaxError`` whose offset is the node's index: `badNumber` for zero or for a depth that is negative or more
  ///   than one below its predecessor's, `badParameter` for a missing parent with fewer than two replies.
  public init(_ nodes: [Node]) throws(SyntaxError) {
    var deepest = 0
    for index in nodes.indices {
      let node = nodes[index]
      guard node.number != 0, 0...deepest ~= node.depth else { throw SyntaxError(.badNumber, at: index) }
      deepest = node.depth + 1
    }
    try Self.checkMissingParents(nodes)
    self.init(checked: nodes)
  }

  init(checked nodes: [Node]) { self.nodes = nodes }

  /// The indices of the messages that begin a conversation.
  public var roots: [Int] { nodes.indices.filter { nodes[$0].depth == 0 } }

  /// The indices of the direct replies to the message at an index.
  public func replies(to index: Int) -> [Int] {
    var replies: [Int] = []
    var next = index + 1
    while next < nodes.count, nodes[next].depth > nodes[index].depth {
      if nodes[next].depth == nodes[index].depth + 1 { replies.append(next) }
      next += 1
    }
    return replies
  }

  /// A missing parent that has not several replies has no wire form. Each node counts itself with its parent, once.
  private static func checkMissingParents(_ nodes: [Node]) throws(SyntaxError) {
    // The nodes on the way to the current one, and how many replies each has.
    var open: [(index: Int, replies: Int)] = []
    for index in nodes.indices {
      try close(&open, down: nodes[index].depth, nodes)
      if !open.isEmpty { open[open.count - 1].replies += 1 }
      open.append((index, 0))
    }
    try close(&open, down: 0, nodes)
  }

  private static func close(
    _ open: inout [(index: Int, replies: Int)], down depth: Int, _ nodes: [Node]
  ) throws(SyntaxError) {
    while open.count > depth, let (index, replies) = open.popLast() {
      guard nodes[index].number != nil || replies > 1 else { throw SyntaxError(.badParameter, at: index) }
    }
  }
}
