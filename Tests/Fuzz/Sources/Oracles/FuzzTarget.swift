/// What can be fuzzed, by the name of its corpus.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The framer of lines.
  case lineFramer = "line-framer"
  /// The decoder and the encoder of dot-stuffed text.
  case dotStuffing = "dot-stuffing"
  /// Base64, both ways.
  case base64
  /// The command lines of SMTP.
  case smtpCommand = "smtp-command"
  /// The replies of SMTP, framed and parsed.
  case smtpReply = "smtp-reply"
  /// The reply to `EHLO`.
  case smtpCapabilities = "smtp-capabilities"
  /// Mailboxes, local parts, domains, address literals, names.
  case address
  /// The server machine of SMTP.
  case smtpServer = "smtp-server"
  /// The client machine of SMTP.
  case smtpClient = "smtp-client"
  /// The command lines of POP3.
  case pop3Command = "pop3-command"
  /// The lines of a POP3 server: responses, capabilities, listings.
  case pop3Response = "pop3-response"
  /// The server machine of POP3.
  case pop3Server = "pop3-server"
  /// The client machine of POP3.
  case pop3Client = "pop3-client"
  /// What an IMAP peer sends, taken apart into units and contents and parsed.
  case imapStream = "imap-stream"
  /// The commands of IMAP.
  case imapCommand = "imap-command"
  /// The responses of IMAP.
  case imapResponse = "imap-response"
  /// The structure of a message's body.
  case imapBodyStructure = "imap-body-structure"
  /// Search keys.
  case imapSearchKey = "imap-search-key"
  /// Mailbox names and their text.
  case imapModifiedUTF7 = "imap-modified-utf7"
  /// Sets of message numbers.
  case imapSet = "imap-set"
  /// URLs of IMAP.
  case imapURL = "imap-url"
  /// Reports of what became of a message.
  case deliveryReport = "delivery-report"

  /// What the target's oracle has against one input; nil when all is well.
  public func finding(in input: Span<UInt8>) -> Finding? {
    do throws(Finding) {
      try check(input)
      return nil
    } catch {
      return error
    }
  }

  private func check(_ input: Span<UInt8>) throws(Finding) {
    switch self {
    case .lineFramer: try checkLineFramer(input)
    case .dotStuffing: try checkDotStuffing(input)
    case .base64: try checkBase64(input)
    case .smtpCommand: try checkSMTPCommand(input)
    case .smtpReply: try checkSMTPReply(input)
    case .smtpCapabilities: try checkSMTPCapabilities(input)
    case .address: try checkAddress(input)
    case .smtpServer: try checkSMTPServer(input)
    case .smtpClient: try checkSMTPClient(input)
    case .pop3Command: try checkPOP3Command(input)
    case .pop3Response: try checkPOP3Response(input)
    case .pop3Server: try checkPOP3Server(input)
    case .pop3Client: try checkPOP3Client(input)
    case .imapStream: try checkIMAPStream(input)
    case .imapCommand: try checkIMAPCommand(input)
    case .imapResponse: try checkIMAPResponse(input)
    case .imapBodyStructure: try checkIMAPBodyStructure(input)
    case .imapSearchKey: try checkIMAPSearchKey(input)
    case .imapModifiedUTF7: try checkIMAPModifiedUTF7(input)
    case .imapSet: try checkIMAPSet(input)
    case .imapURL: try checkIMAPURL(input)
    case .deliveryReport: try checkDeliveryReport(input)
    }
  }
}

/// Something that an oracle found wrong.
public struct Finding: Error, CustomStringConvertible {
  /// What was wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}

func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(Finding) {
  if !condition { throw Finding(what()) }
}
