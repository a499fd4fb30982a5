import MailDelivery
import MailWire

// `postoffice queue` puts a file with an order into `orders`, under its final name when it is whole; the server looks there
// every second, obeys, and removes the file.

extension Relay {
  func takeOrders() {
    let folder = spool.path + "/orders"
    guard let names = try? Files.names(in: folder), !names.isEmpty else { return }
    queue.advance(to: Clock.today)
    for name in names.sorted() {
      let text = (try? Files.content(of: "\(folder)/\(name)")).map { String(decoding: $0.prefix(1000), as: UTF8.self) }
      if let order = text.flatMap({ QueueOrder($0.split(separator: " ").map(String.init)) }) {
        order.apply(to: &queue)
      }
      try? Files.remove("\(folder)/\(name)")
    }
  }
}

extension QueueOrder {
  /// Changes the queue. A message that is no longer there needs no order.
  func apply(to queue: inout DeliveryQueue) {
    switch self {
    case .list, .show: break
    case .hold(let id): try? queue.hold(id)
    case .release(let id): try? queue.release(id)
    case .cancel(let id): try? queue.cancel(id)
    case .flush(let domain?): queue.flush([UInt8](domain.utf8))
    case .flush(nil): queue.flush()
    }
  }
}
