import IMAP
import IMAPCodec
import MailWire

/// Messages that a client is appending to a mailbox; they come into it together.
struct AppendWork {
  let folder: MailFolder
  var messages: [PendingMessage] = []
  /// Why they cannot come: the client is told when it has sent them.
  var failure: MailboxError?
}

extension IMAPSession {
  func beginAppend(_ mailbox: MailboxName, _ message: AppendMessage) throws(HostError) {
    let folder: MailFolder
    do throws(HostError) { folder = try self.folder(mailbox) } catch .mailbox(.missing) {
      return try complete(.tryCreate)
    }
    append = AppendWork(folder: folder)
    try take(message)
  }

  /// Goes on behind a message.
  func continueAppend(_ continuation: AppendContinuation) throws(HostError) {
    switch continuation.next {
    case .message(let message): try take(message)
    case .text:
      append = nil
      try complete(.notImplemented)
    case .end: try endAppend()
    }
  }

  /// Asks for a message, or refuses all of them.
  private func take(_ message: AppendMessage) throws(HostError) {
    guard let folder = append?.folder, case .literal(let content) = message.source else {
      append = nil
      return try complete(.notImplemented)
    }
    guard content.size <= maximumSize else {
      append = nil
      return try complete(StatusResponse(.no, .keyword(.tooBig), "At most \(maximumSize) octets"))
    }
    let pending = try onMailboxes { () throws(MailboxError) in try PendingMessage(in: folder) }
    if let flags = message.flags { pending.flags = flags }
    pending.internalDate = message.date?.secondsSince1970
    append?.messages.append(pending)
    try onMachine { () throws(MisuseError) in try machine.accept() }
  }

  func takeContent(_ bytes: [UInt8]) {
    guard let append, append.failure == nil, let message = append.messages.last else { return }
    do throws(MailboxError) { try message.append(bytes.span) } catch { self.append?.failure = error }
  }

  private func endAppend() throws(HostError) {
    guard let append else { return try complete(.temporaryFailure) }
    self.append = nil
    if let failure = append.failure { throw .mailbox(failure) }
    let uids = try onMailboxes { () throws(MailboxError) in try append.folder.append(append.messages) }
    let code = (try? OrderedNumbers(uids)).map {
      ResponseCode.appendUID(uidValidity: append.folder.index.uidValidity, $0)
    }
    try complete(StatusResponse(.ok, code, "Appended"))
  }
}
