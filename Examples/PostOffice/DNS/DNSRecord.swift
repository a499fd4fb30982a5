import MailDelivery

/// What is asked for.
enum DNSType: UInt16 {
  case a = 1
  case cname = 5
  case mx = 15
  case aaaa = 28
}

/// A record of an answer.
struct DNSRecord: Hashable {
  /// What it says.
  enum Data: Hashable {
    case address(IPAddress)
    case alias(DNSName)
    case exchanger(preference: UInt16, DNSName)
    /// A record of another type or class.
    case other
    /// A record of a known type whose data cannot be read.
    case malformed(DNSType)
  }

  var name: DNSName
  /// Seconds for which it may be remembered.
  var timeToLive: UInt32
  var data: Data
}
