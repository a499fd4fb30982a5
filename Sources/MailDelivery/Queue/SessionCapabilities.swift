/// What the host at the other end of a session can do, as far as the queue's decisions depend on it.
public struct SessionCapabilities: Hashable, Sendable {
  /// Whether it is this host itself: what it takes is delivered.
  public var isLocal = false
  /// Whether it offers `DSN`, so that reports are its business.
  public var offersDSN = false
  /// Whether it offers `8BITMIME`: a message that needs it goes to no other host.
  public var offersEightBitMIME = false
  /// Whether it offers `SMTPUTF8`.
  public var offersSMTPUTF8 = false
  /// Whether it offers `REQUIRETLS` over TLS that was verified.
  public var offersRequireTLS = false
  /// Whether it offers `DELIVERBY`.
  public var offersDeliverBy = false
  /// The octets that a message may have, from `SIZE`; nil when it does not say.
  public var sizeLimit: UInt64?
  /// The recipients that a transaction may have, from `LIMITS`; nil when it does not say.
  public var recipientLimit: Int?

  /// No capabilities; set those that there are.
  public init() {}

  /// Those of this host itself.
  public static var local: SessionCapabilities {
    var capabilities = SessionCapabilities()
    capabilities.isLocal = true
    capabilities.offersDSN = true
    capabilities.offersEightBitMIME = true
    capabilities.offersSMTPUTF8 = true
    capabilities.offersRequireTLS = true
    capabilities.offersDeliverBy = true
    return capabilities
  }
}
