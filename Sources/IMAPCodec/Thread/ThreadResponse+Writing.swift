@_spi(MailCodec) import MailWire

extension ThreadResponse {
  /// Writes the name and the conversations. A message with one reply is followed by it, one with several by a list for each.
  func write(to writer: inout IMAPWriter) {
    writer.append("THREAD")
    let isOnlyReply = onlyReplies()
    // The depths of the messages that begin a list which is not closed.
    var open: [Int] = []
    for index in nodes.indices {
      let node = nodes[index]
      if isOnlyReply[index] {
        writer.append(.space)
      } else {
        while let depth = open.last, depth >= node.depth {
          writer.append(.closeParenthesis)
          open.removeLast()
        }
        // The first of several lists stands behind a message, or at the very beginning of a list.
        let isFirst = index == 0 || nodes[index - 1].depth < node.depth
        if isFirst, index == 0 || nodes[index - 1].number != nil { writer.append(.space) }
        writer.append(.openParenthesis)
        open.append(node.depth)
      }
      if let number = node.number { writer.append(decimal: UInt64(number)) }
    }
    for _ in open { writer.append(.closeParenthesis) }
  }

  /// For each message, whether it is the one reply to the message before it.
  private func onlyReplies() -> [Bool] {
    var only = [Bool](repeating: false, count: nodes.count)
    // The nodes on the way to the current one, and the first reply of each with how many there are.
    var open: [(first: Int, replies: Int)] = []
    func close(down depth: Int) {
      while open.count > depth, let (first, replies) = open.popLast() {
        if replies == 1 { only[first] = true }
      }
    }
    for index in nodes.indices {
      close(down: nodes[index].depth)
      if let (first, replies) = open.popLast() { open.append((replies == 0 ? index : first, replies + 1)) }
      open.append((0, 0))
    }
    close(down: 0)
    return only
  }
}
