@_spi(MailCodec) public import MailWire

extension BodyStructure {
  /// Writes the structure: with extension data for `BODYSTRUCTURE`, without it for `BODY`.
  ///
  /// Strings take the forms that `encoding` allows.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, isExtended: Bool, for encoding: IMAPEncoding = .server) {
    IMAPWriter.append(to: &output, for: encoding) { write(to: &$0, isExtended: isExtended) }
  }

  /// The loop has its own stack: no depth exhausts the thread's.
  func write(to writer: inout IMAPWriter, isExtended: Bool) {
    // The parts whose children are being written, each with how many are left.
    var open: [(node: Int, left: Int)] = []
    var next: Int? = node
    while let node = next {
      let part = BodyPartView(layout.view, at: node)
      let children = part.begin(&writer)
      if children > 0 {
        open.append((node, children))
        next = part.kind == .message ? layout.entries[node &+ BodyNode.message].count : node &+ BodyNode.count
        continue
      }
      part.end(&writer, isExtended: isExtended)
      next = nil
      var sibling = layout.entries[node].count
      while let (parent, left) = open.last {
        if left > 1 {
          open[open.count - 1].left = left - 1
          next = sibling
          break
        }
        BodyPartView(layout.view, at: parent).end(&writer, isExtended: isExtended)
        sibling = layout.entries[parent].count
        open.removeLast()
      }
    }
  }
}

extension BodyPartView {
  /// Writes what stands before the children, and says how many there are.
  fileprivate func begin(_ writer: inout IMAPWriter) -> Int {
    switch nodeKind {
    case .opaque:
      writer.append(rawText)
      return 0
    case .multipart:
      writer.append(.openParenthesis)
      if partCount == 0 { writer.append("NIL") }
      return partCount
    case .basic, .text, .message:
      writer.append(.openParenthesis)
      writeFields(to: &writer)
      guard let envelope else { return 0 }
      writer.append(.space)
      envelope.write(to: &writer)
      writer.append(.space)
      if layout.entries[node &+ BodyNode.message].count > 0 { return 1 }
      writer.append("()")
      return 0
    }
  }

  private func writeFields(to writer: inout IMAPWriter) {
    writer.writeNString(mediaType)
    writer.append(.space)
    writer.writeNString(subtype)
    writer.append(.space)
    parameters.write(to: &writer)
    writer.append(.space)
    writer.writeNString(contentID)
    writer.append(.space)
    writer.writeNString(contentDescription)
    writer.append(.space)
    if let encoding { writer.writeString(encoding) } else { writer.append("\"7BIT\"") }
    writer.append(.space)
    writer.append(decimal: octets ?? 0)
  }

  /// Writes what stands behind the children.
  fileprivate func end(_ writer: inout IMAPWriter, isExtended: Bool) {
    switch nodeKind {
    case .opaque:
      return
    case .multipart:
      writer.append(.space)
      if let subtype { writer.writeString(subtype) } else { writer.append("\"\"") }
      guard isExtended else { return writer.append(.closeParenthesis) }
      writer.append(.space)
      parameters.write(to: &writer)
    case .basic, .text, .message:
      if nodeKind != .basic {
        writer.append(.space)
        writer.append(decimal: lines ?? 0)
      }
      guard isExtended else { return writer.append(.closeParenthesis) }
      writer.append(.space)
      writer.writeNString(md5)
    }
    writeExtensions(to: &writer)
    writer.append(.closeParenthesis)
  }

  private func writeExtensions(to writer: inout IMAPWriter) {
    writer.append(.space)
    if let disposition {
      writer.append(.openParenthesis)
      writer.writeString(disposition)
      writer.append(.space)
      dispositionParameters.write(to: &writer)
      writer.append(.closeParenthesis)
    } else {
      writer.append("NIL")
    }
    writer.append(.space)
    if languageCount == 0 { writer.append("NIL") }
    for index in 0..<languageCount {
      writer.append(index == 0 ? .openParenthesis : .space)
      writer.writeString(language(index))
    }
    if languageCount > 0 { writer.append(.closeParenthesis) }
    writer.append(.space)
    writer.writeNString(location)
    guard let extensions else { return }
    writer.append(.space)
    writer.append(extensions)
  }
}

extension BodyParametersView {
  func write(to writer: inout IMAPWriter) {
    if count == 0 { writer.append("NIL") }
    for index in 0..<count {
      writer.append(index == 0 ? .openParenthesis : .space)
      writer.writeString(name(index))
      writer.append(.space)
      writer.writeString(value(index))
    }
    if count > 0 { writer.append(.closeParenthesis) }
  }
}
