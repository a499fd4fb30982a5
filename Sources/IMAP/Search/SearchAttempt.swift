import IMAPCodec
import MailMessage
@_spi(MailCodec) import MailWire

/// A message that is being looked at; what was made of it once is kept.
struct SearchAttempt<Candidate: SearchableMessage> {
  var message: Candidate
  let charsets: Charsets
  /// Whether something of the message could not be had.
  private(set) var isGone = false
  private var header: [UInt8]?
  private var foldedHeader: [UInt8]?
  private var foldedBody: [UInt8]?

  init(message: Candidate, charsets: Charsets) {
    self.message = message
    self.charsets = charsets
  }

  mutating func holds(_ condition: SearchCondition) -> Bool {
    if isGone { return false }
    switch condition {
    case .always: return true
    case .flag(let flag, let isSet): return message.flags.contains(flag) == isSet
    case .new: return message.flags.contains(.recent) && !message.flags.contains(.seen)
    case .date(let field, let relation, let day):
      guard let own = self.day(of: field) else { return false }
      switch relation {
      case .before: return own < day
      case .on: return own == day
      case .since: return own >= day
      }
    case .size(let limit, let isLarger):
      guard let size = message.size() else { return gone() }
      return isLarger ? size > limit : size < limit
    case .arrived(let time, let isOlder):
      let arrival = message.internalDate.secondsSince1970
      return isOlder ? arrival <= time : arrival >= time
    case .uids(let uids): return uids.contains(message.uid)
    case .modSequence(let least): return message.modSequence >= least
    case .emailID(let id): return message.emailID?.bytes == id
    case .threadID(let id): return message.threadID?.bytes == id
    case .field(let name, let needle): return hasField(name, needle)
    case .text(let needle, let withHeader):
      if withHeader, needle.isIn(headerText()) { return true }
      return !isGone && needle.isIn(bodyText())
    case .not(let condition): return !holds(condition)
    case .all(let conditions):
      for condition in conditions where !holds(condition) { return false }
      return true
    case .any(let left, let right): return holds(left) || holds(right)
    }
  }

  private mutating func gone() -> Bool {
    isGone = true
    return false
  }

  private mutating func day(of field: SearchCondition.DateField) -> Int? {
    switch field {
    case .internalDate: return message.internalDate.date.ordinal
    case .saveDate: return message.saveDate?.date.ordinal
    case .sent:
      var day: Int?
      forEachField(named: [100, 97, 116, 101]) { value, _ in
        if let date = MessageDate(value) { day = (date.year * 16 + date.month) * 32 + date.day }
        return true
      }
      return day
    }
  }

  private mutating func hasField(_ name: [UInt8], _ needle: SearchNeedle) -> Bool {
    var holds = false
    forEachField(named: name) { value, charsets in
      holds = needle.isEmpty || needle.isIn(Self.folded(value, charsets))
      return holds
    }
    return holds
  }

  /// The value of a field as it is looked through.
  private static func folded(_ value: Span<UInt8>, _ charsets: Charsets) -> [UInt8] {
    var text = EncodedWords.decoded(HeaderText.unfolded(value).span, charsets: charsets)
    FoldedText.fold(&text)
    return text
  }

  /// Calls `body` with the fields of a name until it says that it has enough.
  private mutating func forEachField(named name: [UInt8]?, _ body: (Span<UInt8>, Charsets) -> Bool) {
    if header == nil { header = message.header() }
    guard let header else {
      isGone = true
      return
    }
    let bytes = header.span
    var reader = HeaderReader(bytes)
    while let field = reader.next() {
      if let name, !bytes.extracting(field.name).hasSameLetters(as: name.span) { continue }
      if body(bytes.extracting(field.value), charsets) { return }
    }
  }

  private mutating func headerText() -> [UInt8] {
    if let foldedHeader { return foldedHeader }
    if header == nil { header = message.header() }
    guard let header else {
      isGone = true
      return []
    }
    var text: [UInt8] = []
    Self.append(header.span, 0..<header.count, charsets, to: &text)
    foldedHeader = text
    return text
  }

  /// Adds a header's lines, folded.
  private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, _ charsets: Charsets, to text: inout [UInt8]) {
    var reader = HeaderReader(bytes, range)
    while let field = reader.next() {
      var name = bytes.extracting(field.name).copied()
      FoldedText.fold(&name)
      text += name + [0x3A, 0x20] + folded(bytes.extracting(field.value), charsets) + [13, 10]
    }
  }

  /// The text of all parts that have one, and the headers of those below the message's own.
  private mutating func bodyText() -> [UInt8] {
    if let foldedBody { return foldedBody }
    guard let bytes = message.text() else {
      isGone = true
      return []
    }
    let span = bytes.span
    let parsed = MailMessage.Message(span)
    var text: [UInt8] = []
    for (index, part) in parsed.parts.enumerated() {
      if index > 0 { Self.append(span, part.header, charsets, to: &text) }
      guard part.isText, part.kind == .single else { continue }
      let body =
        TransferDecoder.decode(span.extracting(part.body), part.encoding) ?? span.extracting(part.body).copied()
      var decoded = charset(of: part, span).flatMap { charsets.utf8(body.span, charset: $0.span) } ?? body
      FoldedText.fold(&decoded)
      // No string is found across the edge of two parts.
      text += decoded + [0]
    }
    foldedBody = text
    return text
  }

  private func charset(of part: MessagePart, _ bytes: Span<UInt8>) -> [UInt8]? {
    var reader = HeaderReader(bytes, part.header)
    while let field = reader.next() {
      guard StaticName("content-type").matches(bytes.extracting(field.name).copied()) else { continue }
      return ContentType(bytes.extracting(field.value))?.parameters["charset"]
    }
    return nil
  }
}
