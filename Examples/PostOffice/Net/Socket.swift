#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The few things that are done with TCP sockets. All sockets are non-blocking.
enum Socket {
  /// What became of an attempt to accept a connection.
  enum Acceptance: ~Copyable {
    case connection(Descriptor, peer: Endpoint)
    case notNow
    /// There is no room for it, in this process or in the system.
    case exhausted
  }

  /// Listens on the first address of `endpoint`; port 0 stands for any free one.
  static func makeListener(on endpoint: Endpoint) throws(SystemError) -> Descriptor {
    var last = SystemError("bind", code: EADDRNOTAVAIL)
    for address in try SocketAddress.resolve(endpoint) {
      do throws(SystemError) {
        let descriptor = try makeSocket(address.family)
        set(SOL_SOCKET, SO_REUSEADDR, of: descriptor)
        let number = descriptor.number
        try attempt("bind") { unsafe address.withPointer { unsafe bind(number, $0, $1) } }
        try attempt("listen") { listen(number, 512) }
        return descriptor
      } catch { last = error }
    }
    throw last
  }

  /// Connects to the first address of `endpoint` that answers within `seconds`.
  static func makeConnection(to endpoint: Endpoint, timeout seconds: Int32 = 30) throws(SystemError) -> Descriptor {
    var last = SystemError("connect", code: EADDRNOTAVAIL)
    for address in try SocketAddress.resolve(endpoint) {
      do throws(SystemError) {
        let descriptor = try makeSocket(address.family)
        let number = descriptor.number
        if unsafe address.withPointer({ unsafe connect(number, $0, $1) }) != 0 {
          try awaitConnection(number, timeout: seconds)
        }
        if let error = connectionError(of: descriptor) { throw error }
        sendAtOnce(descriptor)
        return descriptor
      } catch { last = error }
    }
    throw last
  }

  /// Begins to connect to a numeric address; the socket can be written to when that is over, one way or the other.
  static func beginConnection(to endpoint: Endpoint) throws(SystemError) -> Descriptor {
    guard let address = try SocketAddress.resolve(endpoint).first else {
      throw SystemError("connect", code: EADDRNOTAVAIL)
    }
    let descriptor = try makeSocket(address.family)
    let number = descriptor.number
    if unsafe address.withPointer({ unsafe connect(number, $0, $1) }) != 0, errno != EINPROGRESS {
      throw SystemError("connect")
    }
    sendAtOnce(descriptor)
    return descriptor
  }

  /// What became of an attempt to connect; nil when it succeeded.
  static func connectionError(of descriptor: borrowing Descriptor) -> SystemError? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = unsafe getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &code, &length)
    return code == 0 ? nil : SystemError("connect", code: code)
  }

  /// Takes the next connection that waits at a listener.
  static func nextConnection(at listener: borrowing Descriptor) -> Acceptance {
    while true {
      var number: Int32 = -1
      let listening = listener.number
      let peer = unsafe SocketAddress { unsafe number = accept(listening, $0, $1) }
      if number >= 0 {
        let descriptor = Descriptor(owning: number)
        configure(descriptor)
        sendAtOnce(descriptor)
        return .connection(descriptor, peer: peer.endpoint)
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      default: return .notNow
      }
    }
  }

  /// The numeric address that a socket is bound to.
  static func localEndpoint(of descriptor: borrowing Descriptor) -> Endpoint {
    let number = descriptor.number
    return unsafe SocketAddress { _ = unsafe getsockname(number, $0, $1) }.endpoint
  }

  /// The numeric address of the other side.
  static func peerEndpoint(of descriptor: borrowing Descriptor) -> Endpoint {
    let number = descriptor.number
    return unsafe SocketAddress { _ = unsafe getpeername(number, $0, $1) }.endpoint
  }

  /// Says that nothing more will be written; what was written still arrives.
  static func endWriting(_ descriptor: borrowing Descriptor) { _ = shutdown(descriptor.number, Int32(SHUT_WR)) }

  /// A peer that went away shall be an error of `write`, not the death of the process.
  static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Allows as many open sockets and files as the system lets this process have, and says how many that are.
  static func raiseDescriptorLimit() -> Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard unsafe getrlimit(resource, &limit) == 0 else { return 256 }
    let old = limit.rlim_cur
    limit.rlim_cur = limit.rlim_max
    return Int(clamping: unsafe setrlimit(resource, &limit) == 0 ? limit.rlim_cur : old)
  }

  static var streamType: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue)
    #else
      SOCK_STREAM
    #endif
  }

  private static func makeSocket(_ family: Int32) throws(SystemError) -> Descriptor {
    let descriptor = Descriptor(owning: try attempt("socket") { socket(family, streamType, 0) })
    configure(descriptor)
    return descriptor
  }

  private static func configure(_ descriptor: borrowing Descriptor) {
    let number = descriptor.number
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  /// Replies are written whole, so waiting for more to fill a segment only costs time.
  private static func sendAtOnce(_ descriptor: borrowing Descriptor) {
    set(Int32(IPPROTO_TCP), TCP_NODELAY, of: descriptor)
  }

  private static func set(_ level: Int32, _ option: Int32, of descriptor: borrowing Descriptor) {
    var one: Int32 = 1
    _ = unsafe setsockopt(descriptor.number, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func awaitConnection(_ number: Int32, timeout seconds: Int32) throws(SystemError) {
    guard errno == EINPROGRESS else { throw SystemError("connect") }
    var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
    let count = try attempt("poll") { unsafe poll(&entry, 1, seconds * 1000) }
    guard count > 0 else { throw SystemError("connect", code: ETIMEDOUT) }
  }
}
