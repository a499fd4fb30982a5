import MailDelivery
import SMTPCodec

/// The mail servers of the simulated internet: each domain has one way of being well or ill, which its number and the
/// seed decide.
struct World {
  enum Habit: Int, CaseIterable {
    case healthy, slow, greylisting, flapping, deaf, dropping, refusing, few, lost, vanished, backedUp, lying
  }

  let seed: UInt64
  /// The share of domains that are ill, in percent.
  let illness: UInt64
  let isOutage: Bool
  private let primary: [NextHop]
  private let both: [NextHop]

  init(seed: UInt64, illness: UInt64, isOutage: Bool) {
    self.seed = seed
    self.isOutage = isOutage
    self.illness = illness
    let names = ["mx1.test", "mx2.test"].compactMap { try? Domain($0) }
    both = names.map { NextHop(.domain($0)) }
    primary = Array(both.prefix(1))
  }

  /// A number that depends on nothing but the seed and these two.
  func chance(_ first: Int, _ second: Int = 0) -> UInt64 {
    var mixed = seed &+ UInt64(truncatingIfNeeded: first) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ UInt64(truncatingIfNeeded: second) ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  func habit(_ domain: Int) -> Habit {
    if isOutage { return .deaf }
    let dice = chance(domain, 1)
    guard dice % 100 < illness else { return .healthy }
    return Habit(rawValue: Int(dice >> 20) % Habit.allCases.count) ?? .healthy
  }

  /// Where the senders live: always well.
  var home: DeliveryRoute { .hosts(primary, site: nil) }

  func route(_ domain: Int, hour: Int64) -> DeliveryRoute {
    switch habit(domain) {
    case .vanished: .none(SMTPReply(550, EnhancedStatusCode(5, 1, 2), "No such domain"))
    case .lost where chance(domain, Int(hour / 6)) % 2 == 0:
      .unknown(SMTPReply(451, EnhancedStatusCode(4, 4, 3), "SERVFAIL"))
    case .backedUp: .hosts(both, site: nil)
    case .healthy where domain % 5 == 0: .hosts(primary, site: Array("site\(domain / 50)".utf8))
    default: .hosts(primary, site: nil)
    }
  }

  /// Whether a connection to a host comes about; nil when it does, else why not.
  func connection(_ domain: Int, isBackup: Bool, hour: Int64, dice: UInt64) -> (DeliveryProblem, DeliveryStage)? {
    switch habit(domain) {
    case .deaf: dice % 2 == 0 ? (.timedOut, .connection) : (.unreachable, .connection)
    case .flapping where chance(domain, Int(hour / 7)) % 3 != 0: (.unreachable, .connection)
    case .backedUp where !isBackup: (.unreachable, .connection)
    case .lying where dice % 4 == 0: (.reply(SMTPReply(421, EnhancedStatusCode(4, 3, 2), "Busy")), .greeting)
    default: nil
    }
  }

  /// What becomes of one recipient of a transaction, and whether the message is delivered.
  func result(
    _ domain: Int, recipient: Int, position: Int, isRetry: Bool, dice: UInt64, contentDice: UInt64
  ) -> (DeliveryResult, isDelivered: Bool) {
    switch habit(domain) {
    case .greylisting where !isRetry:
      (.problem(.reply(SMTPReply(451, EnhancedStatusCode(4, 7, 1), "Greylisted for 5 minutes")), at: .recipient), false)
    case .refusing where chance(recipient, 2) % 3 == 0:
      (.problem(.reply(SMTPReply(550, EnhancedStatusCode(5, 1, 1), "No such user")), at: .recipient), false)
    case .few where position >= 3:
      (.problem(.reply(SMTPReply(452, EnhancedStatusCode(4, 5, 3), "Too many")), at: .recipient), false)
    case .dropping where contentDice % 3 == 0:
      (.problem(.disconnected, at: .content), contentDice % 2 == 0)
    case .lying where dice % 3 == 0:
      (.problem(.reply(SMTPReply(450, EnhancedStatusCode(4, 2, 1), "Try again")), at: .recipient), false)
    default: (.delivered, true)
    }
  }
}
