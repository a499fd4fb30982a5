/// How far an attempt had come.
@frozen
public enum DeliveryStage: UInt8, CaseIterable, Hashable, Sendable {
  /// Finding out which hosts take mail for the domain.
  case routing = 1
  /// Connecting.
  case connection = 2
  /// The server's greeting.
  case greeting = 3
  /// `EHLO` or `HELO`.
  case hello = 4
  /// `STARTTLS` and the handshake.
  case tls = 5
  /// `AUTH`.
  case authentication = 6
  /// `MAIL`.
  case sender = 7
  /// `RCPT`.
  case recipient = 8
  /// `DATA`, before the message.
  case data = 9
  /// The message, from its first octet to the reply behind the final dot or the last `BDAT`; with LMTP, that recipient's
  /// reply.
  case content = 10
  /// `QUIT` or `RSET`.
  case end = 11
}
