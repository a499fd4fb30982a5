import MailDelivery
import MailWire
import SMTPCodec

/// `postoffice queue`.
///
/// It reads the records as they lie on the disk. To change something while a server has the folder, it leaves an order in a
/// file, which the server obeys within a second; without a server it changes the records itself.
enum QueueCommand {
  static func run(_ options: QueueOptions) throws(Failure) {
    let path = options.directory + "/queue"
    guard Files.kind(of: path + "/records") == .folder else {
      throw Failure(.noInput, "there is no queue in \(options.directory)")
    }
    let queue = try Failure.explaining(.noInput, "cannot read the queue") { () throws(SystemError) in
      try QueueView(path: path)
    }
    if let id = options.order.id, queue.entries[id] == nil {
      throw Failure(.failure, "there is no message \(id) in the queue")
    }
    switch options.order {
    case .list: for line in queue.list { Console.line(line) }
    case .show(let id): for line in queue.details(of: id) { Console.line(line) }
    case .hold, .release, .cancel, .flush: try change(options)
    }
  }

  private static func change(_ options: QueueOptions) throws(Failure) {
    try Failure.explaining(.cannotCreate, "cannot change the queue") { () throws(SystemError) in
      let lock: Descriptor
      do throws(SystemError) { lock = try Files.lockFolder(options.directory) } catch {
        return try leave(options)
      }
      // What is due now is not in the records: the next start takes such an order from its file.
      if case .flush = options.order { return try leave(options) }
      try apply(options)
      _ = consume lock
    }
  }

  private static func leave(_ options: QueueOptions) throws(SystemError) {
    var names = UniqueNames()
    let name = names.next(at: Clock.microsecondsSince1970)
    let path = options.directory + "/queue/"
    let file = try Files.create("\(path)tmp/\(name).order")
    try file.sendAll([UInt8](options.order.description.utf8).span)
    try file.synchronise()
    try Files.move("\(path)tmp/\(name).order", to: "\(path)orders/\(name)")
  }

  /// Does it in the place of a server: only what is to be stored matters, nothing is sent.
  private static func apply(_ options: QueueOptions) throws(SystemError) {
    let spool = try Spool(path: options.directory + "/queue")
    var queue = DeliveryQueue()
    try spool.restore(&queue, repairing: true)
    queue.advance(to: Clock.today)
    options.order.apply(to: &queue)
    while case .event(let event) = queue.poll() {
      if case .persist(let record) = event { try spool.write(record) }
    }
  }
}
