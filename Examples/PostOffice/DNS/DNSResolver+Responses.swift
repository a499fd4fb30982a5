import MailDelivery
import MailWire
import SMTPCodec

extension DNSResolver {
  /// Sends the query of this key anew, to the server whose turn it is.
  mutating func send(_ key: Int) {
    guard var query = queries[key] else { return }
    query.renew()
    query.inbox = []
    let server = query.attempt % configuration.servers
    let bytes = DNSMessage.query(
      query.name, query.type, identifier: query.identifier, allowsLargeResponses: query.usesLargeResponses)
    if query.usesStream {
      query.deadline = now + configuration.streamTimeout
      events.append(.connect(key: key, server: server, [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes))
    } else {
      query.deadline = now + configuration.timeout
      events.append(.send(key: key, server: server, bytes))
    }
    queries[key] = query
  }

  /// Asks the next server, or gives up when all were asked often enough.
  mutating func retry(_ key: Int, _ failure: DNSFailure) {
    guard var query = queries[key] else { return }
    query.failure = failure
    query.attempt += 1
    query.usesStream = false
    guard query.attempt < configuration.servers * configuration.rounds else { return finish(key, .failed(failure)) }
    queries[key] = query
    events.append(.finished(key: key))
    send(key)
  }

  private mutating func finish(_ key: Int, _ result: DNSResult) {
    guard let query = queries.removeValue(forKey: key) else { return }
    events.append(.finished(key: key))
    settle(query.question, query.type, result)
  }

  /// Takes a response, if it is one to this query.
  mutating func take(_ bytes: [UInt8], for key: Int) {
    guard var query = queries[key], let message = DNSMessage(bytes) else { return }
    guard message.isResponse, message.operation == 0, message.identifier == query.identifier else { return }
    // A server that could not read the question may leave it out.
    let isFormatError = message.responseCode == 1 || message.responseCode == 4
    if message.question == nil, isFormatError, query.usesLargeResponses {
      query.usesLargeResponses = false
      queries[key] = query
      return resend(key)
    }
    guard
      let question = message.question, question.name == query.name, question.type == query.type.rawValue,
      question.recordClass == DNSMessage.internet
    else { return }
    if message.isTruncated, !query.usesStream {
      query.usesStream = true
      queries[key] = query
      return resend(key)
    }
    switch message.responseCode {
    case 0: takeAnswers(message, key, query)
    case 1 where query.usesLargeResponses, 4 where query.usesLargeResponses:
      query.usesLargeResponses = false
      queries[key] = query
      resend(key)
    case 2: retry(key, .serverFailure)
    case 3: finish(key, .nonexistent)
    case 5: retry(key, .refused)
    default: retry(key, .badResponse)
    }
  }

  private mutating func resend(_ key: Int) {
    events.append(.finished(key: key))
    send(key)
  }

  /// Follows the CNAME records of the response, and asks again where they end without an answer.
  private mutating func takeAnswers(_ message: DNSMessage, _ key: Int, _ query: DNSQuery) {
    var query = query
    guard message.isComplete else { return retry(key, .badResponse) }
    var name = query.name
    while true {
      var alias: DNSName?
      var found: [DNSRecord.Data] = []
      var isMalformed = false
      for record in message.answers where record.name == name {
        switch record.data {
        case .alias(let target): alias = alias ?? target
        case .address(let address):
          if address.isIPv6 == (query.type == .aaaa), query.type != .mx { found.append(record.data) }
        case .exchanger: if query.type == .mx { found.append(record.data) }
        case .malformed(let type): if type == query.type || type == .cname { isMalformed = true }
        case .other: break
        }
      }
      if !found.isEmpty { return finish(key, .records(found)) }
      if isMalformed { return finish(key, .malformed) }
      guard let alias else { break }
      query.aliases += 1
      guard query.aliases <= configuration.aliases else { return finish(key, .failed(.aliasLoop)) }
      name = alias
    }
    guard name != query.name else { return finish(key, .records([])) }
    query.name = name
    query.usesStream = false
    queries[key] = query
    resend(key)
  }

  /// Takes the result for one type; with the last one the question is answered.
  mutating func settle(_ question: RouteLookup.Question, _ type: DNSType, _ result: DNSResult) {
    guard var lookup = lookups[question] else { return }
    lookup.results[type] = result
    lookups[question] = lookup
    let results = lookup.types.compactMap { lookup.results[$0] }
    guard results.count == lookup.types.count else { return }
    lookups[question] = nil
    switch question {
    case .exchangers(let domain):
      events.append(.exchangers(of: domain, results.first.map(Self.exchangers) ?? .records([])))
    case .addresses(let domain):
      let answers = results.map(Self.addresses)
      let all = answers.dropFirst().reduce(answers.first ?? .records([])) { AddressAnswer(merging: $0, $1) }
      events.append(.addresses(of: domain, all))
    }
  }

  private static func exchangers(_ result: DNSResult) -> MXAnswer {
    switch result {
    case .nonexistent: .nonexistent
    case .malformed: .malformed
    case .failed(let failure): .failed(failure)
    case .records(let records):
      .records(
        records.compactMap { data in
          guard case .exchanger(let preference, let name) = data else { return nil }
          return MXRecord(preference, name: name.text)
        })
    }
  }

  private static func addresses(_ result: DNSResult) -> AddressAnswer {
    switch result {
    case .nonexistent: .nonexistent
    case .malformed: .malformed
    case .failed(let failure): .failed(failure)
    case .records(let records):
      .records(
        records.compactMap { data in
          if case .address(let address) = data { return address }
          return nil
        })
    }
  }
}
