/// Which step is legal in which state of an SMTP session, for both roles.
///
/// [RFC 5321 §4.1.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4). The client asks it before it sends a command,
/// the server when it receives one; both take a step when the server has agreed to it.
public struct SMTPDialogue: Hashable, Sendable {
  /// Where a session stands.
  @frozen
  public enum State: CaseIterable, Hashable, Sendable {
    /// The server has not greeted yet.
    case connecting
    /// Behind the greeting, or behind the TLS handshake.
    case greeted
    /// Behind `HELO`, or `EHLO`; no transaction.
    case ready
    /// Behind `MAIL`.
    case sender
    /// Behind `RCPT`.
    case recipients
    /// Behind `DATA`, up to the reply to the message.
    case content
    /// Behind `AUTH`, up to its result.
    case authenticating
    /// Behind `STARTTLS`, up to the end of the handshake.
    case startingTLS
    /// Behind `QUIT`.
    case closed
  }

  /// A command that the server agreed to, or an end of something.
  @frozen
  public enum Step: CaseIterable, Hashable, Sendable {
    /// The server's greeting.
    case greeting
    /// `HELO` or `EHLO`.
    case hello
    /// `STARTTLS`.
    case startTLS
    /// The handshake is done.
    case tlsEstablished
    /// `AUTH`.
    case authenticate
    /// The exchange of `AUTH` ended, well or not.
    case authenticationEnd
    /// `MAIL`.
    case mail
    /// `RCPT`.
    case recipient
    /// `DATA`.
    case data
    /// The reply to the message.
    case contentEnd
    /// `RSET`.
    case reset
    /// `NOOP`, `VRFY`, `EXPN`, `HELP`, and whatever else changes nothing.
    case inquiry
    /// `QUIT`.
    case quit
  }

  /// Where the session stands.
  public private(set) var state = State.connecting
  /// Whether the session was begun with `EHLO`.
  public private(set) var isExtended = false
  /// Whether the channel is encrypted.
  public private(set) var isEncrypted = false
  /// Whether the client has authenticated itself.
  public private(set) var isAuthenticated = false

  /// A session before its greeting.
  public init() {}

  /// Whether `step` is legal now.
  public func allows(_ step: Step) -> Bool {
    guard Self.successor(of: state, step) != nil else { return false }
    switch step {
    case .startTLS: return isExtended && !isEncrypted
    case .authenticate: return isExtended && !isAuthenticated
    case .greeting, .hello, .tlsEstablished, .authenticationEnd, .mail, .recipient, .data, .contentEnd, .reset,
      .inquiry, .quit:
      return true
    }
  }

  /// Whether a transaction has begun and not ended.
  public var isInTransaction: Bool {
    switch state {
    case .sender, .recipients, .content: true
    case .connecting, .greeted, .ready, .authenticating, .startingTLS, .closed: false
    }
  }

  /// Takes a step that ``allows(_:)`` allows; another one changes nothing.
  public mutating func take(_ step: Step) {
    guard allows(step), let next = Self.successor(of: state, step) else { return }
    state = next
    if step == .tlsEstablished {
      isEncrypted = true
      isExtended = false
      isAuthenticated = false
    }
  }

  /// Takes the step ``Step/hello`` with its command.
  mutating func takeHello(isExtended: Bool) {
    guard allows(.hello) else { return }
    take(.hello)
    self.isExtended = isExtended
  }

  /// Takes the step ``Step/authenticationEnd`` with its result.
  mutating func takeAuthenticationEnd(isAuthenticated: Bool) {
    guard allows(.authenticationEnd) else { return }
    take(.authenticationEnd)
    self.isAuthenticated = isAuthenticated
  }

  /// Notes that the connection was encrypted from its first octet.
  mutating func beginEncrypted() {
    if state == .connecting { isEncrypted = true }
  }

  /// The state behind `step`; nil where it is not legal.
  public static func successor(of state: State, _ step: Step) -> State? {
    switch (state, step) {
    case (.connecting, .greeting): .greeted

    case (.greeted, .hello), (.ready, .hello), (.sender, .hello), (.recipients, .hello): .ready

    case (.ready, .startTLS): .startingTLS
    case (.startingTLS, .tlsEstablished): .greeted

    case (.ready, .authenticate): .authenticating
    case (.authenticating, .authenticationEnd): .ready

    case (.ready, .mail): .sender
    case (.sender, .recipient), (.recipients, .recipient): .recipients
    case (.recipients, .data): .content
    case (.content, .contentEnd): .ready

    case (.greeted, .reset): .greeted
    case (.ready, .reset), (.sender, .reset), (.recipients, .reset): .ready

    case (.greeted, .inquiry), (.ready, .inquiry), (.sender, .inquiry), (.recipients, .inquiry): state

    case (.greeted, .quit), (.ready, .quit), (.sender, .quit), (.recipients, .quit): .closed

    case (.connecting, .hello), (.connecting, .startTLS), (.connecting, .tlsEstablished), (.connecting, .authenticate),
      (.connecting, .authenticationEnd), (.connecting, .mail), (.connecting, .recipient), (.connecting, .data),
      (.connecting, .contentEnd), (.connecting, .reset), (.connecting, .inquiry), (.connecting, .quit):
      nil
    case (.greeted, .greeting), (.greeted, .startTLS), (.greeted, .tlsEstablished), (.greeted, .authenticate),
      (.greeted, .authenticationEnd), (.greeted, .mail), (.greeted, .recipient), (.greeted, .data),
      (.greeted, .contentEnd):
      nil
    case (.ready, .greeting), (.ready, .tlsEstablished), (.ready, .authenticationEnd), (.ready, .recipient),
      (.ready, .data), (.ready, .contentEnd):
      nil
    case (.sender, .greeting), (.sender, .startTLS), (.sender, .tlsEstablished), (.sender, .authenticate),
      (.sender, .authenticationEnd), (.sender, .mail), (.sender, .data), (.sender, .contentEnd):
      nil
    case (.recipients, .greeting), (.recipients, .startTLS), (.recipients, .tlsEstablished),
      (.recipients, .authenticate), (.recipients, .authenticationEnd), (.recipients, .mail),
      (.recipients, .contentEnd):
      nil
    case (.content, .greeting), (.content, .hello), (.content, .startTLS), (.content, .tlsEstablished),
      (.content, .authenticate), (.content, .authenticationEnd), (.content, .mail), (.content, .recipient),
      (.content, .data), (.content, .reset), (.content, .inquiry), (.content, .quit):
      nil
    case (.authenticating, .greeting), (.authenticating, .hello), (.authenticating, .startTLS),
      (.authenticating, .tlsEstablished), (.authenticating, .authenticate), (.authenticating, .mail),
      (.authenticating, .recipient), (.authenticating, .data), (.authenticating, .contentEnd),
      (.authenticating, .reset), (.authenticating, .inquiry), (.authenticating, .quit):
      nil
    case (.startingTLS, .greeting), (.startingTLS, .hello), (.startingTLS, .startTLS), (.startingTLS, .authenticate),
      (.startingTLS, .authenticationEnd), (.startingTLS, .mail), (.startingTLS, .recipient), (.startingTLS, .data),
      (.startingTLS, .contentEnd), (.startingTLS, .reset), (.startingTLS, .inquiry), (.startingTLS, .quit):
      nil
    case (.closed, .greeting), (.closed, .hello), (.closed, .startTLS), (.closed, .tlsEstablished),
      (.closed, .authenticate), (.closed, .authenticationEnd), (.closed, .mail), (.closed, .recipient),
      (.closed, .data), (.closed, .contentEnd), (.closed, .reset), (.closed, .inquiry), (.closed, .quit):
      nil
    }
  }
}
