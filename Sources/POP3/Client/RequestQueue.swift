@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

/// What the client asked for; the next response belongs to the oldest request that has been sent.
enum Request: Sendable {
  case greeting
  case capabilities
  case startTLS
  case user
  case password
  case plain(hasSentResponse: Bool)
  case digest
  case status
  case list(MessageNumber?)
  case uniqueIDs(MessageNumber?)
  case retrieve(MessageNumber)
  case top(MessageNumber, lines: Int)
  case delete(MessageNumber)
  case noop
  case reset
  case quit

  /// The command that the request is sent with, unless it carries a secret.
  var command: POP3Command? {
    switch self {
    case .greeting, .user, .password, .plain, .digest: nil
    case .capabilities: .capabilities
    case .startTLS: .startTLS
    case .status: .status
    case .list(let number): .list(number)
    case .uniqueIDs(let number): .uniqueIDs(number)
    case .retrieve(let number): .retrieve(number)
    case .top(let number, let lines): .top(number, lines: lines)
    case .delete(let number): .delete(number)
    case .noop: .noop
    case .reset: .reset
    case .quit: .quit
    }
  }
}

/// Requests in their order: some sent, the others waiting to be.
struct RequestQueue: Sendable {
  private var storage: [Request] = []
  private var head = 0
  private var sent = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  /// How many have been sent and not been answered.
  var inFlight: Int { sent - head }
  /// The request that the next response belongs to.
  var first: Request? { inFlight > 0 ? storage[head] : nil }
  /// The request to send next.
  var nextUnsent: Request? { sent < storage.count ? storage[sent] : nil }

  mutating func append(_ request: Request) { storage.append(request) }

  mutating func noteSent() { sent += 1 }

  /// Puts another request in the place of the first one, which has got a part of its answer.
  mutating func replaceFirst(by request: Request) {
    if inFlight > 0 { storage[head] = request }
  }

  mutating func removeFirst() {
    guard inFlight > 0 else { return }
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= 64)
      head = 0
      sent = 0
    } else if head >= 64, head * 2 >= storage.count {
      storage.removeFirst(head)
      sent -= head
      head = 0
    }
  }
}
