@_spi(MailCodec) import MailWire

/// The value of an unstructured field as one line.
///
/// [RFC 5322 §2.2.3](https://www.rfc-editor.org/rfc/rfc5322#section-2.2.3)
public enum HeaderText {
  /// Takes the line ends out of a field's value, and the blanks at its ends; the blanks of folds stay.
  public static func unfolded(_ value: Span<UInt8>) -> [UInt8] {
    var start = 0
    var end = value.count
    while start < end, value[start].isFieldSpace { start += 1 }
    while end > start, value[end - 1].isFieldSpace { end -= 1 }
    var text: [UInt8] = []
    text.reserveCapacity(end - start)
    while start < end {
      let lineEnd = value.extracting(first: end).firstIndex(of: .lineFeed, or: .carriageReturn, from: start) ?? end
      text.append(value.extracting(start..<lineEnd))
      start = lineEnd + 1
    }
    return text
  }
}
