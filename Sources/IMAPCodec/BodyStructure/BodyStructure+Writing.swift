@_spi(MailCodec) public import MailWire

extension BodyStructure {
  /// Writes the structure: with extension data for `BODYSTRUCTURE`, without it for `BODY`.
  ///
  /// The loop has its own stack: no depth exhausts the thread's.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, isExtended: Bool) {
    // The parts whose children are being written, each with how many are left.
    var open: [(node: Int, left: Int)] = []
    var next: Int? = node
    while let node = next {
      let part = BodyPartView(layout.view, at: node)
      let children = part.begin(&output)
      if children > 0 {
        open.append((node, children))
        next = part.kind == .message ? layout.entries[node &+ BodyNode.message].count : node &+ BodyNode.count
        continue
      }
      part.end(&output, isExtended: isExtended)
      next = nil
      var sibling = layout.entries[node].count
      while let (parent, left) = open.last {
        if left > 1 {
          open[open.count - 1].left = left - 1
          next = sibling
          break
        }
        BodyPartView(layout.view, at: parent).end(&output, isExtended: isExtended)
        sibling = layout.entries[parent].count
        open.removeLast()
      }
    }
  }
}

extension BodyPartView {
  /// Writes what stands before the children, and says how many there are.
  fileprivate func begin(_ output: inout OutboundBuffer) -> Int {
    switch nodeKind {
    case .opaque:
      output.append(rawText)
      return 0
    case .multipart:
      output.append(.openParenthesis)
      if partCount == 0 { output.append("NIL") }
      return partCount
    case .basic, .text, .message:
      output.append(.openParenthesis)
      writeFields(to: &output)
      guard let envelope else { return 0 }
      output.append(.space)
      envelope.write(to: &output)
      output.append(.space)
      if layout.entries[node &+ BodyNode.message].count > 0 { return 1 }
      output.append("()")
      return 0
    }
  }

  private func writeFields(to output: inout OutboundBuffer) {
    output.append(nstring: mediaType)
    output.append(.space)
    output.append(nstring: subtype)
    output.append(.space)
    parameters.write(to: &output)
    output.append(.space)
    output.append(nstring: contentID)
    output.append(.space)
    output.append(nstring: contentDescription)
    output.append(.space)
    if let encoding { output.append(string: encoding) } else { output.append("\"7BIT\"") }
    output.append(.space)
    output.append(decimal: octets ?? 0)
  }

  /// Writes what stands behind the children.
  fileprivate func end(_ output: inout OutboundBuffer, isExtended: Bool) {
    switch nodeKind {
    case .opaque:
      return
    case .multipart:
      output.append(.space)
      if let subtype { output.append(string: subtype) } else { output.append("\"\"") }
      guard isExtended else { return output.append(.closeParenthesis) }
      output.append(.space)
      parameters.write(to: &output)
    case .basic, .text, .message:
      if nodeKind != .basic {
        output.append(.space)
        output.append(decimal: lines ?? 0)
      }
      guard isExtended else { return output.append(.closeParenthesis) }
      output.append(.space)
      output.append(nstring: md5)
    }
    writeExtensions(to: &output)
    output.append(.closeParenthesis)
  }

  private func writeExtensions(to output: inout OutboundBuffer) {
    output.append(.space)
    if let disposition {
      output.append(.openParenthesis)
      output.append(string: disposition)
      output.append(.space)
      dispositionParameters.write(to: &output)
      output.append(.closeParenthesis)
    } else {
      output.append("NIL")
    }
    output.append(.space)
    if languageCount == 0 { output.append("NIL") }
    for index in 0..<languageCount {
      output.append(index == 0 ? .openParenthesis : .space)
      output.append(string: language(index))
    }
    if languageCount > 0 { output.append(.closeParenthesis) }
    output.append(.space)
    output.append(nstring: location)
    guard let extensions else { return }
    output.append(.space)
    output.append(extensions)
  }
}

extension BodyParametersView {
  func write(to output: inout OutboundBuffer) {
    if count == 0 { output.append("NIL") }
    for index in 0..<count {
      output.append(index == 0 ? .openParenthesis : .space)
      output.append(string: name(index))
      output.append(.space)
      output.append(string: value(index))
    }
    if count > 0 { output.append(.closeParenthesis) }
  }
}
