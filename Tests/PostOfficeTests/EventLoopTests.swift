import MailWire
import Testing

@testable import PostOffice

@Test func deadlinesComeInOrder() {
  var generator = SystemRandomNumberGenerator()
  var heap = DeadlineHeap()
  let sources = (0..<200).map { _ in EventSource(descriptor: Descriptor(owning: -1)) }
  var expected: [ObjectIdentifier: Instant] = [:]
  for _ in 0..<5000 {
    let source = sources[Int.random(in: 0..<sources.count, using: &generator)]
    let deadline = Bool.random() ? Instant(nanoseconds: Int64.random(in: 0..<1000)) : nil
    heap.set(deadline, of: source)
    expected[ObjectIdentifier(source)] = deadline
    let first = expected.values.min()
    if heap.first?.deadline != first { Issue.record("the first deadline is wrong") }
  }
  var last = Instant.zero
  var count = 0
  while let source = heap.first {
    if source.deadline < last || expected[ObjectIdentifier(source)] != source.deadline { Issue.record("out of order") }
    last = source.deadline
    heap.set(nil, of: source)
    count += 1
  }
  #expect(count == expected.count)
}

@Test func endpointsAreParsed() {
  let table: [(String, String?)] = [
    ("127.0.0.1:25", "127.0.0.1:25"), ("[::1]:0", "[::1]:0"), ("mail.test:65535", "mail.test:65535"),
    ("::1:25", nil), ("[::1]", nil), ("host", nil), (":25", nil), ("host:", nil), ("host:+1", nil), ("host:70000", nil)
  ]
  for (text, expected) in table { #expect(Endpoint(parsing: text)?.description == expected, "\(text)") }
  #expect(Endpoint(host: "fe80::1%eth0", port: 1).addressLiteral == "[IPv6:fe80::1]")
}
