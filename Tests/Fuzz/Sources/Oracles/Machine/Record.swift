import MailWire
import SMTPCodec

/// What came out of a machine, in a form that can be compared: events and requests to the transport in their order, and
/// all octets.
struct Record: Equatable {
  enum Entry: Equatable {
    /// An event, by name, with its octets.
    case event(String, [UInt8])
    case reply(String, SMTPReply)
    /// Adjacent parts of content are one entry.
    case content([UInt8])
    case violation(ProtocolViolation)
    case closed(CloseReason)
    /// A request to the transport, and for TLS how many octets had been taken before it.
    case transport(TransportAction, behind: Int)
  }

  private(set) var entries: [Entry] = []
  var octets: [UInt8] = []

  var isClosed: Bool {
    if case .closed = entries.last { return true }
    return false
  }

  mutating func append(_ entry: Entry) {
    if case .content(let part) = entry, case .content(let text) = entries.last {
      entries[entries.count - 1] = .content(text + part)
    } else {
      entries.append(entry)
    }
  }

  /// Forgets content whose message did not come to its end: how much of it was handed on depends on how it arrived.
  mutating func dropContent() {
    if case .content = entries.last { entries.removeLast() }
  }

  /// Whether the other record says the same, as far as the octets that had left before a violation cut them off.
  func agrees(with other: Record) -> Bool {
    let (events, otherEvents) = (entries[..<comparedCount], other.entries[..<other.comparedCount])
    guard comparedCount == entries.count, other.comparedCount == other.entries.count else {
      return events.starts(with: otherEvents) || otherEvents.starts(with: events)
    }
    guard events == otherEvents else { return false }
    guard case .closed(.violation) = entries.last else { return octets == other.octets }
    return octets.starts(with: other.octets) || other.octets.starts(with: octets)
  }

  /// How much of the entries does not depend on time: octets behind the request for TLS may be read by the machine, or be
  /// taken for a handshake, or not be read at all before a timeout.
  private var comparedCount: Int {
    guard case .closed(.violation(.plaintextBeforeTLS)) = entries.last else { return entries.count }
    let violation = Entry.violation(ProtocolViolation(.plaintextBeforeTLS, .closed))
    return entries.lastIndex(of: violation) ?? entries.count
  }

  /// The first difference, for a finding's description.
  func difference(from other: Record) -> String {
    for (index, (left, right)) in zip(entries, other.entries).enumerated() where left != right {
      return "entry \(index): \(left) and \(right)"
    }
    if entries.count != other.entries.count { return "\(entries.count) entries and \(other.entries.count)" }
    return "octets: \(octets.visible) and \(other.octets.visible)"
  }
}
