@_spi(MailCodec) import MailWire

/// The flags of a message: the system's as bits, the others in their order and spelling.
///
/// [RFC 9051 §2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2). It costs no allocation without keywords and one
/// with them, however many.
///
///     S: * 2 FETCH (FLAGS (\Deleted \Seen $Forwarded))
public struct FlagSet: Hashable, Sendable, CustomStringConvertible {
  /// The system's flags.
  public var system: SystemFlags {
    didSet { system.formIntersection(.known) }
  }
  var others = PackedStrings()

  /// System flags, or none.
  public init(_ system: SystemFlags = []) { self.system = system.intersection(.known) }

  /// The flags of a list, each once.
  public init(_ flags: [Flag]) {
    system = []
    for flag in flags { insert(flag) }
  }

  /// Whether there are none.
  public var isEmpty: Bool { system.isEmpty && others.count == 0 }

  /// The flags that have no bit: keywords, and those with a backslash that this library does not know.
  public var keywords: [Flag] {
    var flags: [Flag] = []
    others.forEach { bytes in
      flags.append(Flag(validated: bytes.copied()))
      return true
    }
    return flags
  }

  /// How many flags have no bit.
  public var keywordCount: Int { others.count }

  /// Whether the flag is among them.
  public func contains(_ flag: Flag) -> Bool {
    if let bit = flag.system { return system.contains(bit) }
    return others.contains(flag.bytes.span)
  }

  /// Adds a flag unless it is there; time linear in the keywords.
  public mutating func insert(_ flag: Flag) {
    if let bit = flag.system {
      system.insert(bit)
    } else if !others.contains(flag.bytes.span) {
      others.append(flag.bytes.span)
    }
  }

  /// Removes a flag.
  public mutating func remove(_ flag: Flag) {
    if let bit = flag.system { system.remove(bit) } else { others = others.removing(flag.bytes.span) }
  }

  /// The set as it is written.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}
