import MailWire
import POP3
import POP3Codec
import SMTP
import SMTPCodec

/// The mail host: three listeners and the sessions behind them, all in one event loop.
final class Server {
  let smtp: Endpoint
  let submission: Endpoint
  let pop3: Endpoint
  private(set) var sessionCount = 0

  /// Prepares the folders and listens.
  init(options: ServeOptions, store: MailStore, loop: EventLoop) throws(SystemError) {
    var wire = WireLog(isOn: options.showsWire)
    func listen(
      on endpoint: Endpoint, open: @escaping (consuming Descriptor, Endpoint) -> Void
    ) throws(SystemError) -> Endpoint {
      do throws(SystemError) { return try Listener(on: endpoint, loop: loop, open: open).local } catch {
        throw SystemError("cannot listen on \(endpoint): \(error.call)", code: error.code)
      }
    }
  }
}
