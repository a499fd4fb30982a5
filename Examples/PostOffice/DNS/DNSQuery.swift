import MailDelivery
import MailWire

/// One question to a name server, with its attempts.
struct DNSQuery {
  let question: RouteLookup.Question
  /// The name that is asked for now: the one in the question, or where CNAME records led.
  var name: DNSName
  let type: DNSType
  /// Sixteen random bits for each attempt in turn.
  var identifiers: UInt64
  var identifier: UInt16 = 0
  var attempt = 0
  var aliases = 0
  var usesLargeResponses = true
  var usesStream = false
  var inbox: [UInt8] = []
  var deadline = Instant.zero
  /// What went wrong last.
  var failure = DNSFailure.timedOut

  /// Takes the next identifier. The bits are mixed once they are used up.
  mutating func renew() {
    identifier = UInt16(truncatingIfNeeded: identifiers)
    identifiers = (identifiers >> 16 | identifiers << 48) &* 0x9E37_79B9_7F4A_7C15
  }
}

/// What is known of a question while its queries run.
struct DNSLookup {
  /// The record types that are asked for, in the order of their results.
  let types: [DNSType]
  var results: [DNSType: DNSResult] = [:]
}

/// The outcome of a query.
enum DNSResult {
  case records([DNSRecord.Data])
  case nonexistent
  case malformed
  case failed(DNSFailure)
}
