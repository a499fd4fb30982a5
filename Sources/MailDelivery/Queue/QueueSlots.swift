import SMTPCodec

// What the queue keeps in its tables. Times are nanoseconds since the host's origin; indices name slots.

/// One recipient of a message: 48 octets beside its address.
struct RecipientSlot: Sendable {
  /// Where the address is in the message's text; the original recipient follows it.
  var offset: UInt32
  var addressLength: UInt16
  var localPartLength: UInt16
  var originalLength: UInt16
  var attempts: UInt16 = 0
  var notify: NotifyConditions
  var state = RecipientState.scheduled
  var notices: UInt8 = 0
  /// Which reports are due.
  var pending: UInt8 = 0
  /// The next recipient of the same job.
  var next = UInt32.none
  var status = UInt32.none
  /// When the last result came.
  var lastAttempt = Int64.min
  /// When it was put off to.
  var due = Int64.min

  /// The final report is due.
  static var finalReport: UInt8 { 1 }
  /// A notice of delay is due.
  static var delayReport: UInt8 { 2 }
  /// The notice that `BY=…;N` asks for was sent.
  static var deadlineNoticed: UInt8 { 4 }
}

struct MessageSlot: Sendable {
  var id: UInt64 = 0
  var created: Int64 = 0
  var expires: Int64 = 0
  var holdUntil: Int64 = .min
  var deadline: Int64 = .max
  var deadlineMode: UInt8 = 0
  var size: UInt64 = 0
  var body: UInt8 = 0
  var returnContent: UInt8 = 0
  var priority: Int8 = 0
  /// Whether its record is stored.
  var isAccepted = false
  var isHeld = false
  var isInternationalised = false
  var requiresTLS = false
  var isCancelled = false
  /// What keeps the slot although no recipient is left: reports that are being made.
  var outstandingReports: UInt32 = 0
  var remaining: UInt32 = 0
  var jobs = UInt32.none
  /// The octets of the changes since the last whole record.
  var changeLength: UInt32 = 0
  var wholeLength: UInt32 = 0
  var senderLength: UInt16 = 0
  var senderLocalLength: UInt16 = 0
  var identifierLength: UInt16 = 0
  /// The reverse-path, the envelope identifier and the recipients' addresses.
  var text: [UInt8] = []
  var recipients: [RecipientSlot] = []
  /// The reports that this message answers, as the record says it.
  var answers: [UInt8] = []
}

/// Recipients of one message that go to one destination at one time.
struct JobSlot: Sendable {
  enum State: UInt8, Sendable { case free, waiting, ready, sending, held }

  var message = UInt32.none
  var domain = UInt32.none
  var first = UInt32.none
  var count: UInt32 = 0
  var due: Int64 = 0
  /// The neighbours in the list of the destination.
  var previous = UInt32.none
  var next = UInt32.none
  /// The neighbours in the list of the message.
  var previousOfMessage = UInt32.none
  var nextOfMessage = UInt32.none
  /// The destination whose list it is in.
  var list = UInt32.none
  var state = State.free
  var priority: Int8 = 0
  /// The first host to try.
  var host: UInt8 = 0
}

/// A list of jobs that are linked through their slots.
struct JobList: Sendable {
  var head = UInt32.none
  var tail = UInt32.none
  var isEmpty: Bool { head == .none }
}

/// A domain, or the site that several domains share.
struct DestinationSlot: Sendable {
  enum Route: UInt8, Sendable { case unknown, asking, known }

  var name: [UInt8] = []
  /// The destination whose sessions serve this one: itself, or its site.
  var target = UInt32.none
  /// How many domains have this one as their target, itself not counted.
  var domains: UInt32 = 0
  /// How many jobs have this one as their domain.
  var jobs: UInt32 = 0
  var waiting = JobList()
  /// Ready jobs by priority, highest first.
  var ready: [(priority: Int8, list: JobList)] = []
  var route = Route.unknown
  var validUntil = Int64.min
  var hosts: [NextHop] = []
  var hostStates: [HostState] = []
  var window = ConcurrencyWindow()
  var active: UInt32 = 0
  var isClosed = false
  var failures: UInt32 = 0
  var failingSince = Int64.max
  var lastFailure = Int64.min
  var status = UInt32.none
  var recipientLimit = Int.max
  var isRunnable = false
  var nextRunnable = UInt32.none
}

struct HostState: Sendable {
  var closedUntil = Int64.min
  var failures: UInt32 = 0
}

struct SessionSlot: Sendable {
  enum Phase: UInt8, Sendable { case free, connecting, idle, sending }

  var generation: UInt32 = 0
  var phase = Phase.free
  var site = UInt32.none
  var host = 0
  var job = UInt32.none
  /// The recipients that were sent, in order.
  var sent: [UInt32] = []
  var transactions = 0
  var hostsTried = 0
  var isPlaintext = false
  /// Whether every host that was tried refused for good.
  var isRefusedByAll = true
  /// The best explanation of this run so far.
  var status = UInt32.none
  var capabilities = SessionCapabilities()
}

/// A status and how many recipients, sessions and destinations have it.
struct StatusSlot: Sendable {
  var status: DeliveryStatus?
  var uses: UInt32 = 0
}
