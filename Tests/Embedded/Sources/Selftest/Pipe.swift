import MailWire

/// One end of a connection in memory.
struct End {
  /// What the peer has written.
  var incoming: [UInt8] = []
  /// Whether the machine asked for TLS.
  var wantsTLS = false
  /// Whether the machine is done.
  var isClosed = false

  /// Feeds the machine in pieces of `length` octets and takes what it puts out, up to its rest.
  mutating func run<Machine: ConnectionMachine & ~Copyable>(
    _ machine: inout Machine, pieces length: Int, to peer: inout End, _ handle: (Machine.Event, inout Machine) -> Void
  ) {
    drain(&machine, to: &peer, handle)
    let bytes = incoming
    incoming = []
    for piece in pieces(of: bytes, length) {
      machine.receive(piece.span, at: .zero)
      drain(&machine, to: &peer, handle)
    }
  }

  private mutating func drain<Machine: ConnectionMachine & ~Copyable>(
    _ machine: inout Machine, to peer: inout End, _ handle: (Machine.Event, inout Machine) -> Void
  ) {
    while true {
      switch machine.poll() {
      case .write:
        var bytes: [UInt8] = []
        machine.takeOutbound(into: &bytes)
        peer.incoming += bytes
      case .event(let event): handle(event, &machine)
      case .transport(.startTLS): wantsTLS = true
      case .transport: isClosed = true
      case .trace: break
      case .wait: return
      }
    }
  }
}
