import MailWire
import POP3
import POP3Codec
import SMTP
import SMTPCodec

/// Drains a server whose host accepts everything; the octets that it writes are counted and dropped.
@inline(__always)
func serve(_ server: inout SMTPServer) -> Int {
  var written = 0
  while true {
    switch server.poll() {
    case .write:
      server.withOutbound { bytes in
        written &+= bytes.count
        return bytes.count
      }
    case .event(let event):
      switch event {
      case .mail, .recipient, .contentEnds, .authenticate: try? server.accept()
      case .content(let part): written &+= part.count
      default: break
      }
    case .wait: return written
    default: break
    }
  }
}

/// A server that takes anything, as far as its host decides.
func lenientSMTPServer() -> SMTPServer { SMTPServer(configuration: lenientSMTPConfiguration) }

/// Made once, as a host would: what its arrays hold is shared by all sessions.
private let lenientSMTPConfiguration: SMTPServerConfiguration = {
  guard let name = try? Domain("mail.website.test") else { fatalError("a domain") }
  let parameters = ["RET", "ENVID", "NOTIFY", "ORCPT", "SMTPUTF8"]
  var configuration = SMTPServerConfiguration(name: name)
  configuration.offersAuthentication = true
  configuration.allowsPlaintextAuthentication = true
  configuration.maximumMessageSize = .max
  configuration.limits.errors = .max
  configuration.limits.junkCommands = .max
  configuration.limits.recipients = .max
  configuration.additionalParameters = parameters.compactMap { try? ESMTPKeyword($0) }
  return configuration
}()

/// Drains a server whose host hands over empty messages.
@inline(__always)
func serve(_ server: inout POP3Server, _ maildrop: Maildrop) -> Int {
  var written = 0
  while true {
    switch server.poll() {
    case .write:
      server.withOutbound { bytes in
        written &+= bytes.count
        return bytes.count
      }
    case .event(let event):
      switch event {
      case .authenticate: try? server.accept(maildrop)
      case .contentWanted, .contentSuffices: try? server.finishContent()
      case .update: try? server.accept()
      default: break
      }
    case .wait: return written
    default: break
    }
  }
}

func lenientPOP3Server() -> POP3Server {
  var configuration = POP3ServerConfiguration()
  configuration.allowsPlaintextAuthentication = true
  configuration.limits.errors = .max
  return POP3Server(configuration: configuration)
}
