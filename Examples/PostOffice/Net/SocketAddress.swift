#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An address as the socket calls take it.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  /// Lets a socket call fill in an address.
  init(_ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void) {
    unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe fill($0, &length) }
    }
  }

  private init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
    unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
    }
    self.length = length
  }

  /// Every address of `endpoint`, whose host is a number or a name.
  static func resolve(_ endpoint: Endpoint) throws(SystemError) -> [SocketAddress] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    unsafe hints.ai_socktype = Socket.streamType
    var list: UnsafeMutablePointer<addrinfo>?
    let result = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &list)
    guard result == 0 else { throw SystemError("cannot find \(endpoint.host)", code: ENOENT) }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    while let entry = unsafe list?.pointee {
      if let address = unsafe entry.ai_addr {
        unsafe addresses.append(SocketAddress(copying: address, length: entry.ai_addrlen))
      }
      unsafe list = entry.ai_next
    }
    return addresses
  }

  var family: Int32 { Int32(storage.ss_family) }

  /// Lends the address to a socket call.
  func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    unsafe withUnsafePointer(to: storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
    }
  }

  /// The address in numbers.
  var endpoint: Endpoint {
    var host = [CChar](repeating: 0, count: 64)
    var port = [CChar](repeating: 0, count: 16)
    let result = unsafe withPointer { address, length in
      unsafe getnameinfo(
        address, length, &host, socklen_t(host.count), &port, socklen_t(port.count), NI_NUMERICHOST | NI_NUMERICSERV)
    }
    guard result == 0 else { return Endpoint(host: "unknown", port: 0) }
    return Endpoint(host: Self.text(host), port: UInt16(Self.text(port)) ?? 0)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
