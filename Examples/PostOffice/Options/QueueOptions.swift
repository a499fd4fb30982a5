import MailDelivery

/// What `postoffice queue` is told.
struct QueueOptions {
  var directory: String
  var order: QueueOrder

  init(parsing arguments: ArraySlice<String>) throws(Failure) {
    var scanner = OptionScanner(arguments)
    var directory: String?
    var words: [String] = []
    while let argument = try scanner.next() {
      switch argument {
      case .option("--directory"): directory = try scanner.value(of: "--directory")
      case .option(let name): throw Failure(.usage, "queue has no option \(name)")
      case .operand(let text): words.append(text)
      }
    }
    guard let directory, !directory.isEmpty else { throw Failure(.usage, "queue needs --directory DIR") }
    guard let order = QueueOrder(words) else {
      throw Failure(.usage, "queue needs list, show ID, hold ID, release ID, cancel ID or flush [DOMAIN]")
    }
    self.directory = directory
    self.order = order
  }
}

/// Something to do with the queue.
enum QueueOrder: Equatable, CustomStringConvertible {
  case list
  case show(QueueID)
  case hold(QueueID)
  case release(QueueID)
  case cancel(QueueID)
  /// Everything for a domain, in lower case, or everything.
  case flush(String?)

  init?(_ words: [String]) {
    let id = words.count == 2 ? UInt64(words[1]).map { QueueID($0) } : nil
    switch (words.first, id) {
    case ("list", _) where words.count == 1: self = .list
    case ("flush", _) where words.count == 1: self = .flush(nil)
    case ("flush", _) where words.count == 2 && !words[1].isEmpty: self = .flush(words[1].lowercased())
    case ("show", let id?): self = .show(id)
    case ("hold", let id?): self = .hold(id)
    case ("release", let id?): self = .release(id)
    case ("cancel", let id?): self = .cancel(id)
    default: return nil
    }
  }

  /// The message that it is about.
  var id: QueueID? {
    switch self {
    case .show(let id), .hold(let id), .release(let id), .cancel(let id): id
    case .list, .flush: nil
    }
  }

  /// The order in words, as ``init(_:)`` reads them.
  var description: String {
    switch self {
    case .list: "list"
    case .show(let id): "show \(id)"
    case .hold(let id): "hold \(id)"
    case .release(let id): "release \(id)"
    case .cancel(let id): "cancel \(id)"
    case .flush(let domain): domain.map { "flush \($0)" } ?? "flush"
    }
  }
}
