/// Which step is legal in which state of a POP3 session, for both roles.
///
/// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3). The client asks it before it sends a command, the
/// server when it receives one.
public struct POP3Dialogue: Hashable, Sendable {
  /// Where a session stands.
  @frozen
  public enum State: CaseIterable, Hashable, Sendable {
    /// The server has not greeted yet.
    case connecting
    /// The AUTHORIZATION state.
    case authorization
    /// The AUTHORIZATION state behind `USER`.
    case userGiven
    /// Behind `PASS`, `APOP` or `AUTH`, up to its result.
    case authenticating
    /// Behind `STLS`, up to the end of the handshake.
    case startingTLS
    /// The TRANSACTION state: the maildrop is locked.
    case transaction
    /// The UPDATE state: behind `QUIT` in the TRANSACTION state, up to its result.
    case update
    /// Behind the answer to `QUIT`.
    case closed
  }

  /// A command, or an answer that decides something.
  @frozen
  public enum Step: CaseIterable, Hashable, Sendable {
    /// The server's greeting.
    case greeting
    /// `CAPA` and `LANG`, which change nothing.
    case inquiry
    /// `UTF8`.
    case utf8
    /// `USER`.
    case user
    /// The refusal of `USER`.
    case userRefused
    /// `PASS`.
    case password
    /// `APOP` or `AUTH`.
    case authenticate
    /// The client is who it says it is, and the maildrop is locked.
    case authenticated
    /// It is not, or the maildrop cannot be locked.
    case authenticationFailed
    /// `STLS`.
    case startTLS
    /// The refusal of `STLS`.
    case startTLSRefused
    /// The handshake is done.
    case tlsEstablished
    /// `STAT`, `LIST`, `UIDL`, `RETR`, `TOP`, `DELE`, `RSET`, `NOOP` and `LAST`.
    case maildrop
    /// `QUIT`.
    case quit
    /// The answer to `QUIT` in the UPDATE state.
    case updated
  }

  /// Where the session stands.
  public private(set) var state = State.connecting
  /// Whether the channel is encrypted.
  public private(set) var isEncrypted = false

  /// A session before its greeting.
  public init() {}

  /// Whether `step` is legal now. `STLS` is not on an encrypted channel.
  public func allows(_ step: Step) -> Bool {
    guard Self.successor(of: state, step) != nil else { return false }
    return step != .startTLS || !isEncrypted
  }

  /// Takes a step that ``allows(_:)`` allows; another one changes nothing.
  public mutating func take(_ step: Step) {
    guard allows(step), let next = Self.successor(of: state, step) else { return }
    state = next
    if step == .tlsEstablished { isEncrypted = true }
  }

  /// Notes that the connection was encrypted from its first octet.
  mutating func beginEncrypted() {
    if state == .connecting { isEncrypted = true }
  }

  /// The state behind `step`; nil where it is not legal.
  public static func successor(of state: State, _ step: Step) -> State? {
    switch (state, step) {
    case (.connecting, .greeting): .authorization

    case (.authorization, .inquiry), (.userGiven, .inquiry), (.transaction, .inquiry): state
    case (.authorization, .utf8), (.userGiven, .utf8): state

    case (.authorization, .user), (.userGiven, .user): .userGiven
    case (.userGiven, .userRefused): .authorization
    case (.userGiven, .password): .authenticating
    case (.authorization, .authenticate), (.userGiven, .authenticate): .authenticating
    case (.authenticating, .authenticated): .transaction
    case (.authenticating, .authenticationFailed): .authorization

    case (.authorization, .startTLS), (.userGiven, .startTLS): .startingTLS
    case (.startingTLS, .startTLSRefused), (.startingTLS, .tlsEstablished): .authorization

    case (.transaction, .maildrop): .transaction

    case (.authorization, .quit), (.userGiven, .quit): .closed
    case (.transaction, .quit): .update
    case (.update, .updated): .closed

    case (.connecting, .inquiry), (.connecting, .utf8), (.connecting, .user), (.connecting, .userRefused),
      (.connecting, .password), (.connecting, .authenticate), (.connecting, .authenticated),
      (.connecting, .authenticationFailed), (.connecting, .startTLS), (.connecting, .startTLSRefused),
      (.connecting, .tlsEstablished), (.connecting, .maildrop), (.connecting, .quit), (.connecting, .updated):
      nil
    case (.authorization, .greeting), (.authorization, .userRefused), (.authorization, .password),
      (.authorization, .authenticated), (.authorization, .authenticationFailed), (.authorization, .startTLSRefused),
      (.authorization, .tlsEstablished), (.authorization, .maildrop), (.authorization, .updated):
      nil
    case (.userGiven, .greeting), (.userGiven, .authenticated), (.userGiven, .authenticationFailed),
      (.userGiven, .startTLSRefused), (.userGiven, .tlsEstablished), (.userGiven, .maildrop), (.userGiven, .updated):
      nil
    case (.authenticating, .greeting), (.authenticating, .inquiry), (.authenticating, .utf8), (.authenticating, .user),
      (.authenticating, .userRefused), (.authenticating, .password), (.authenticating, .authenticate),
      (.authenticating, .startTLS), (.authenticating, .startTLSRefused), (.authenticating, .tlsEstablished),
      (.authenticating, .maildrop), (.authenticating, .quit), (.authenticating, .updated):
      nil
    case (.startingTLS, .greeting), (.startingTLS, .inquiry), (.startingTLS, .utf8), (.startingTLS, .user),
      (.startingTLS, .userRefused), (.startingTLS, .password), (.startingTLS, .authenticate),
      (.startingTLS, .authenticated), (.startingTLS, .authenticationFailed), (.startingTLS, .startTLS),
      (.startingTLS, .maildrop), (.startingTLS, .quit), (.startingTLS, .updated):
      nil
    case (.transaction, .greeting), (.transaction, .utf8), (.transaction, .user), (.transaction, .userRefused),
      (.transaction, .password), (.transaction, .authenticate), (.transaction, .authenticated),
      (.transaction, .authenticationFailed), (.transaction, .startTLS), (.transaction, .startTLSRefused),
      (.transaction, .tlsEstablished), (.transaction, .updated):
      nil
    case (.update, .greeting), (.update, .inquiry), (.update, .utf8), (.update, .user), (.update, .userRefused),
      (.update, .password), (.update, .authenticate), (.update, .authenticated), (.update, .authenticationFailed),
      (.update, .startTLS), (.update, .startTLSRefused), (.update, .tlsEstablished), (.update, .maildrop),
      (.update, .quit):
      nil
    case (.closed, .greeting), (.closed, .inquiry), (.closed, .utf8), (.closed, .user), (.closed, .userRefused),
      (.closed, .password), (.closed, .authenticate), (.closed, .authenticated), (.closed, .authenticationFailed),
      (.closed, .startTLS), (.closed, .startTLSRefused), (.closed, .tlsEstablished), (.closed, .maildrop),
      (.closed, .quit), (.closed, .updated):
      nil
    }
  }
}
