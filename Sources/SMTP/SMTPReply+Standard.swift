public import SMTPCodec

// Replies that servers give, made once: giving one allocates nothing.

extension SMTPReply {
  /// `250 2.0.0`: done.
  public static let ok = SMTPReply(250, .init(2, 0, 0), "OK")
  /// `250 2.1.0`: the sender is acceptable.
  public static let senderOK = SMTPReply(250, .init(2, 1, 0), "Sender OK")
  /// `250 2.1.5`: the recipient is acceptable.
  public static let recipientOK = SMTPReply(250, .init(2, 1, 5), "Recipient OK")
  /// `354`: send the message.
  public static let startContent = SMTPReply(354, nil, "End data with <CR><LF>.<CR><LF>")
  /// `221 2.0.0`: goodbye.
  public static let goodbye = SMTPReply(221, .init(2, 0, 0), "Bye")
  /// `220 2.0.0`: start the TLS handshake.
  public static let readyForTLS = SMTPReply(220, .init(2, 0, 0), "Ready to start TLS")
  /// `235 2.7.0`: authenticated.
  public static let authenticated = SMTPReply(235, .init(2, 7, 0), "Authentication succeeded")
  /// `252 2.5.0`: neither confirmed nor denied.
  public static let cannotVerify = SMTPReply(252, .init(2, 5, 0), "Send the message and see")
  /// `214 2.0.0`: the commands.
  public static let help = SMTPReply(
    214, .init(2, 0, 0), "EHLO HELO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT\nSee RFC 5321")

  /// `421 4.3.2`: the service is going down.
  public static let shuttingDown = SMTPReply(421, .init(4, 3, 2), "Service is shutting down")
  /// `421 4.4.2`: the client took too long.
  public static let timedOut = SMTPReply(421, .init(4, 4, 2), "Timeout")
  /// `421 4.7.0`: too many errors.
  public static let tooManyErrors = SMTPReply(421, .init(4, 7, 0), "Too many errors")
  /// `451 4.3.0`: a local problem; try later.
  public static let temporaryFailure = SMTPReply(451, .init(4, 3, 0), "Local problem, try again later")
  /// `452 4.3.1`: no room to store the message now.
  public static let insufficientStorage = SMTPReply(452, .init(4, 3, 1), "Insufficient storage, try again later")
  /// `452 4.5.3`: no more recipients in this transaction.
  public static let tooManyRecipients = SMTPReply(452, .init(4, 5, 3), "Too many recipients")
  /// `454 4.7.0`: the user database does not answer.
  public static let temporaryAuthenticationFailure = SMTPReply(454, .init(4, 7, 0), "Cannot authenticate now")

  /// `500 5.5.2`: no command that can be read.
  public static let syntaxError = SMTPReply(500, .init(5, 5, 2), "Syntax error")
  /// `500 5.5.2`: too long a line.
  public static let lineTooLong = SMTPReply(500, .init(5, 5, 2), "Line too long")
  /// `500 5.5.1`: an unknown command.
  public static let unknownCommand = SMTPReply(500, .init(5, 5, 1), "Unknown command")
  /// `501 5.5.4`: an argument that can't be read.
  public static let badArgument = SMTPReply(501, .init(5, 5, 4), "Syntax error in the argument")
  /// `501 5.1.7`: a malformed sender.
  public static let badSender = SMTPReply(501, .init(5, 1, 7), "Syntax error in the sender's address")
  /// `501 5.1.3`: a malformed recipient.
  public static let badRecipient = SMTPReply(501, .init(5, 1, 3), "Syntax error in the recipient's address")
  /// `501 5.5.2`: malformed base64.
  public static let badBase64 = SMTPReply(501, .init(5, 5, 2), "Malformed base64")
  /// `501 5.7.0`: the client cancelled `AUTH`.
  public static let authenticationCancelled = SMTPReply(501, .init(5, 7, 0), "Authentication cancelled")
  /// `502 5.5.1`: a command that is not offered.
  public static let notImplemented = SMTPReply(502, .init(5, 5, 1), "Command not implemented")
  /// `503 5.5.1`: a command that the session's state does not allow.
  public static let badSequence = SMTPReply(503, .init(5, 5, 1), "Bad sequence of commands")
  /// `504 5.5.4`: an unknown mechanism.
  public static let unknownMechanism = SMTPReply(504, .init(5, 5, 4), "Authentication mechanism not offered")
  /// `530 5.7.0`: STARTTLS first.
  public static let encryptionRequired = SMTPReply(530, .init(5, 7, 0), "Must issue a STARTTLS command first")
  /// `530 5.7.0`: AUTH first.
  public static let authenticationRequired = SMTPReply(530, .init(5, 7, 0), "Authentication required")
  /// `535 5.7.8`: wrong user or password.
  public static let authenticationFailed = SMTPReply(535, .init(5, 7, 8), "Authentication credentials invalid")
  /// `538 5.7.11`: a mechanism that would send the password in clear.
  public static let encryptionRequiredToAuthenticate = SMTPReply(538, .init(5, 7, 11), "Encryption required")
  /// `550 5.1.1`: no such user.
  public static let noSuchUser = SMTPReply(550, .init(5, 1, 1), "No such user here")
  /// `550 5.7.1`: not for strangers.
  public static let relayingDenied = SMTPReply(550, .init(5, 7, 1), "Relaying denied")
  /// `550 5.6.0`: a bare CR, a bare LF or a NUL in the message.
  public static let irregularContent = SMTPReply(550, .init(5, 6, 0), "Lines must end with CRLF and hold no NUL")
  /// `552 5.3.4`: larger than the server takes.
  public static let messageTooLarge = SMTPReply(552, .init(5, 3, 4), "Message too large")
  /// `554 5.5.0`: a client that spoke before the greeting.
  public static let earlyTalker = SMTPReply(554, .init(5, 5, 0), "Protocol violation: client talked first")
  /// `554 5.3.2`: no service here.
  public static let noService = SMTPReply(554, .init(5, 3, 2), "No SMTP service here")
  /// `555 5.5.4`: an unknown parameter.
  public static let unknownParameter = SMTPReply(555, .init(5, 5, 4), "Unsupported parameter")
}
